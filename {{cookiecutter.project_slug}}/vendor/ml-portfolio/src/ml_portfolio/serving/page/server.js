// Answers from the server.

const $ = (id) => document.getElementById(id);
let key = "";

export const describe = () => ask("model");
export const predict = (request) => ask("predict", request);

// In one request, or in halves where that is more than the server allows. These requests are made up, so
// the server does not count them.
export async function predictAll(requests, signal) {
  try {
    return (await ask("predict/batch", { rows: requests, counted: false }, signal)).answers;
  } catch (error) {
    const half = requests.length >> 1;
    if (![413, 422].includes(error.status) || !half) throw error;
    const first = await predictAll(requests.slice(0, half), signal);
    return [...first, ...await predictAll(requests.slice(half), signal)];
  }
}

// Get a path of the server, or post a body to it; an error's message is a sentence for the user.
async function ask(path, body, signal) {
  const headers = { "Content-Type": "application/json", ...(key && { "X-API-Key": key }) };
  const post = body && { method: "POST", body: JSON.stringify(body) };
  const reply = await fetch(path, { headers, signal, ...post }).catch(() => {
    throw new Error("The server does not answer. Check that it is running, then try again.");
  });
  const content = await reply.json().catch(() => null);
  if (reply.ok && content !== null) return content;
  if (reply.status === 401) {
    await askForKey();
    return ask(path, body, signal);
  }
  const refused = content?.errors ?? [];
  const reason = refused.length ? `The server refused the form: ${refused[0].msg}.` : content?.detail;
  const error = new Error(reason ?? `The server failed (status ${reply.status}).`);
  throw Object.assign(error, { refused, status: reply.status });
}

// Wait until a key has been entered. It is kept in memory, until the page is left.
function askForKey() {
  const form = $("unlock"), input = $("key");
  $("key-error").textContent = key ? "This key is wrong." : "";
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
