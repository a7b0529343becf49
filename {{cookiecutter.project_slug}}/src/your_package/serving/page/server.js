// Answers from the server.

export const describe = () => ask("model");
export const predict = (request) => ask("predict", request);

// Get a path of the server, or post a body to it.
async function ask(path, body) {
  const headers = { "Content-Type": "application/json" };
  const post = body && { method: "POST", headers, body: JSON.stringify(body) };
  const reply = await fetch(path, post).catch(() => {
    throw new Error("The server does not answer. Check that it is running, then try again.");
  });
  const said = await reply.json().catch(() => null);
  if (reply.ok && said !== null) return said;
  if (reply.status !== 422) throw new Error(`The server failed (status ${reply.status}). Its log says why.`);
  const refused = Array.isArray(said?.detail) ? said.detail : [];
  const reason = refused[0]?.msg ?? "it does not say why";
  throw Object.assign(new Error(`The server refused the form: ${reason}.`), { refused });
}
