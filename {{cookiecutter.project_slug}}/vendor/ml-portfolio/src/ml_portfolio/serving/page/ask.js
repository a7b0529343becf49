// Where answers come from: the server that the page came from, or from the model itself, run in
// the browser. Both modules export:
//   describe()        a promise of the manifest
//   predict(request)  a promise of the answer; an error's message is a sentence for the user, and its
//                     `refused` lists ({ loc, msg }) what is wrong with the request
//   predictAll(requests, signal)  a promise of the answers to many, until the signal aborts

import * as browser from "./browser.js";
import { bundle } from "./home.js";
import * as server from "./server.js";

export const { describe, predict, predictAll } = bundle ? browser : server;
