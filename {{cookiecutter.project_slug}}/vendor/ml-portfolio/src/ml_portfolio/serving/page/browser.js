// Answers from the model itself, run in the browser by onnxruntime-web: what is entered stays there.
// It does what the library's bundle/bundle.py does on a server.

import { pause } from "./dom.js";
import { bundle } from "./home.js";

let manifest, model;

export async function describe() {
  manifest = await (await get("manifest.json")).json();
  model = load();
  model.catch(() => {}); // `predict` reports it
  return manifest;
}

export async function predict(request) {
  const { encode, decode, session } = await model.catch(() => {
    model = load(); // once more: the connection may be back
    return model;
  });
  const { feeds, warnings } = await encode(request);
  const wanted = session.inputNames.map((name) => [name, feeds[name]]);
  const last = session.outputNames.at(-1);
  const outputs = await session.run(Object.fromEntries(wanted), [last]);
  return { ...decode(manifest.output, outputs[last]), warnings };
}

export async function predictAll(requests, signal) {
  const answers = [];
  for (const request of requests) {
    await pause();
    signal.throwIfAborted();
    answers.push(await predict(request));
  }
  return answers;
}

async function load() {
  const folder = new URL("runtime/", document.baseURI).href;
  const ort = await import(`${folder}ort.wasm.min.mjs`);
  ort.env.wasm.wasmPaths = folder;
  ort.env.wasm.numThreads = 1; // more need headers that a page without a server cannot send
  ort.env.logLevel = "error";
  const start = async (name) => {
    const graph = new Uint8Array(await (await get(name)).arrayBuffer());
    return ort.InferenceSession.create(graph, { executionProviders: ["wasm"] });
  };
  const { makeEncoder } = await import(`./${manifest.input.kind}/encode.js`);
  const { decode } = await import(`./${manifest.output.task}/decode.js`);
  const session = await start("model.onnx"); // not at the same time as others: the runtime starts only once
  return { session, decode, encode: await makeEncoder(manifest.input, { ort, get, start, folder }) };
}

// Fetch a file of the bundle.
async function get(name) {
  const reply = await fetch(bundle + name).catch(() => null);
  if (reply?.ok) return reply;
  throw new Error(`The model's file ${name} could not be fetched. Check the connection, then try again.`);
}
