// The page: asks the server for its model, shows it, and sends what the form holds.
//
// What differs between kinds of models stands in two modules beside this one:
//   input.js   the form: how a request is typed in, and where its problems are shown
//   answer.js  how an answer looks
// A comment at the top of each says what it must export.

import { showAnswer } from "./answer.js";
import { make, words } from "./dom.js";
import { buildForm, checkForm, fillForm, readForm } from "./input.js";

const $ = (id) => document.getElementById(id);
const decimal = (value) => value.toLocaleString("en", { minimumFractionDigits: 3, maximumFractionDigits: 3 });
const title = (metric) => words(metric).replace(/\b(auc|mae|r2|rmse|roc)\b/gi, (short) => short.toUpperCase());
let manifest, key = "", turn = 0;

async function start() {
  manifest = await ask("model");
  showModel(manifest);
  buildForm(manifest.input, $("input"));
  showExamples(manifest.golden);
  fillForm(manifest.golden[0].request);
  $("form").addEventListener("submit", (event) => { event.preventDefault(); submit(); });
  $("form").addEventListener("input", () => {
    const answered = $("answer").hasChildNodes();
    outdate(answered ? "The form has changed since this answer." : "Press Predict for an answer.");
  });
  $("work").hidden = false;
}

// Get a path of the server, or post a body to it; an error says in a sentence what went wrong.
async function ask(path, body) {
  const headers = { "Content-Type": "application/json", ...(key && { "X-API-Key": key }) };
  const post = body && { method: "POST", body: JSON.stringify(body) };
  const reply = await fetch(path, { headers, ...post }).catch(() => {
    throw new Error("The server does not answer. Check that it is running, then try again.");
  });
  const said = await reply.json().catch(() => null);
  if (reply.ok && said !== null) return said;
  if (reply.status === 401) {
    await askForKey();
    return ask(path, body);
  }
  const refused = said?.errors ?? [];
  const reason = refused.length ? `The server refused the form: ${refused[0].msg}.` : said?.detail;
  throw Object.assign(new Error(reason ?? `The server failed (status ${reply.status}).`), { refused });
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

function showModel({ name, description, model, version, data, metrics }) {
  document.title = $("name").textContent = words(name);
  $("about").textContent = description;
  const pair = (term, value) => [make("dt", {}, term), make("dd", {}, value)];
  const facts = [["Model", words(model)], ["Version", version], ["Data", data.source]];
  facts.push(["API", make("a", { href: "docs" }, "documentation")]);
  $("facts").append(...facts.map((fact) => make("div", {}, ...pair(...fact))));

  $("test").textContent = `Tested on ${metrics.rows.toLocaleString("en")} unseen examples`;
  const lines = Object.keys(metrics.model).map((metric) =>
    [title(metric), decimal(metrics.model[metric]), decimal(metrics.baseline[metric])]);
  const [headline, ours, baseline] = lines[Object.keys(metrics.model).indexOf(metrics.metric)];
  $("figures").append(...pair(headline, ours), ...pair("Baseline", baseline));
  $("metrics").append(...lines.map(([name, ...values]) =>
    make("tr", {}, make("th", { scope: "row" }, name), ...values.map((value) => make("td", {}, value)))));
}

function showExamples(golden) {
  golden.slice(0, 26).forEach(({ request, answer: { warnings: { length } } }, place) => {
    const letter = String.fromCharCode(65 + place);
    const text = letter + (length ? ` · ${length} warning${length > 1 ? "s" : ""}` : "");
    const button = make("button", { type: "button" }, text);
    button.addEventListener("click", () => {
      fillForm(request);
      outdate(`Example ${letter} is filled in: press Predict.`);
    });
    $("examples").append(button);
  });
}

async function predict() {
  return ask("predict", await readForm());
}

async function submit() {
  const mine = turn += 1;
  let wrong = checkForm(), problem = "";
  if (!wrong) {
    const [answer, failure] = await predict().then((said) => [said], (error) => [null, error]);
    if (mine !== turn) return;
    if (answer) present(answer);
    else problem = failure.message;
    wrong = checkForm(failure?.refused);
  }
  if (wrong) problem = wrong > 1 ? `${wrong} fields need a correction.` : "One field needs a correction.";
  if (problem) $("answer").replaceChildren(); // lest the last answer be taken for this form's
  say(problem, problem !== "");
  if (!wrong) $("result").scrollIntoView({ block: "nearest" });
}

function present(answer) {
  const shown = showAnswer(answer, manifest.output);
  const warnings = answer.warnings.map((warning) => make("li", {}, warning));
  if (warnings.length) {
    const list = make("ul", {}, ...warnings);
    shown.push(make("div", { className: "note warnings" }, make("b", {}, "Warnings"), list));
  }
  $("answer").className = "";
  $("answer").replaceChildren(...shown);
}

function say(sentence, failed = false) {
  // The same sentence, set again, would be read out again.
  if ($("status").textContent !== sentence) $("status").textContent = sentence;
  $("status").classList.toggle("failed", failed);
}

function outdate(sentence) {
  turn += 1; // an answer still on its way is to another form
  $("answer").className = "stale";
  say(sentence);
}

start().catch((error) => {
  $("name").textContent = "The model could not be loaded";
  $("about").textContent = error.message;
});
