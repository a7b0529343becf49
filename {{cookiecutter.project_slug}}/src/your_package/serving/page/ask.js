// How an answer is got: from the server that the page came from, or from the model itself, run in
// the browser. Both modules export:
//   describe()        a promise of the manifest
//   predict(request)  a promise of the answer; an error says in a sentence what went wrong, and lists
//                     in `refused` ({ loc, msg }) what is wrong with the request, if that is it
//   predictAll(requests, signal)  a promise of the answers to many, until the signal says to stop

import * as browser from "./browser.js";
import { bundle } from "./home.js";
import * as server from "./server.js";

export const { describe, predict, predictAll } = bundle ? browser : server;
