// Answers from the server.

const $ = (id) => document.getElementById(id);
let key = "";

export const describe = () => ask("model");
export const predict = (request) => ask("predict", request);

// In one request, or in halves where that is more than the server allows. The server keeps requests that
// nobody had typed in out of its figures.
export async function predictAll(requests, signal) {
  try {
    return (await ask("predict/batch?counted=false", { rows: requests }, signal)).answers;
  } catch (error) {
    const half = requests.length >> 1;
    if (![413, 422].includes(error.status) || !half) throw error;
    const first = await predictAll(requests.slice(0, half), signal);
    return [...first, ...await predictAll(requests.slice(half), signal)];
  }
}

// Get a path of the server, or post a body to it; an error says in a sentence what went wrong.
async function ask(path, body, signal) {
  const headers = { "Content-Type": "application/json", ...(key && { "X-API-Key": key }) };
  const post = body && { method: "POST", body: JSON.stringify(body) };
  const reply = await fetch(path, { headers, signal, ...post }).catch(() => {
    throw new Error("The server does not answer. Check that it is running, then try again.");
  });
  const said = await reply.json().catch(() => null);
  if (reply.ok && said !== null) return said;
  if (reply.status === 401) {
    await askForKey();
    return ask(path, body, signal);
  }
  const refused = said?.errors ?? [];
  const reason = refused.length ? `The server refused the form: ${refused[0].msg}.` : said?.detail;
  const error = new Error(reason ?? `The server failed (status ${reply.status}).`);
  throw Object.assign(error, { refused, status: reply.status });
}

// Wait until someone has typed a key in. It is kept until the page is left, and nowhere else.
function askForKey() {
  const form = $("unlock"), input = $("key");
  $("key-error").textContent = key ? "The server does not know this key." : "";
  input.ariaInvalid = key ? "true" : null;
  form.hidden = false;
  input.focus();
  return new Promise((done) => {
    form.onsubmit = (event) => {
      event.preventDefault();
      // A header holds bytes: those of the key in UTF-8.
      key = String.fromCharCode(...new TextEncoder().encode(input.value.trim()));
      form.hidden = true;
      done();
    };
  });
}
