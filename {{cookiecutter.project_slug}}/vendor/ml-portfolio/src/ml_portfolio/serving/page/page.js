// The page: shows a model, and the answers that it gives to what the form holds. Who answers, the server
// or the browser, is decided in ask.js.
//
// What differs by the kind of input (table, text, image) or by the task (classification, regression) is a
// module in a folder of that name, imported when the manifest is known:
//   KIND/input.js    the form: how a request is entered, and where its problems are shown
//   KIND/encode.js   a request as the graph's inputs, where the model runs in the browser
//   KIND/changes.js  copies of a request, each with one change, that show what an answer depends on
//   TASK/answer.js   how an answer looks, and by how much another differs from it
//   TASK/decode.js   the graph's output as an answer, where the model runs in the browser
// A comment at the top of table/*.js and classification/*.js lists what each must export.

import { describe, predict } from "./ask.js";
import { make, words } from "./dom.js";
import { bundle, links as here } from "./home.js";
import { findReasons } from "./reasons.js";

const $ = (id) => document.getElementById(id);
const decimal = (value) => value.toLocaleString("en", { minimumFractionDigits: 3, maximumFractionDigits: 3 });
const title = (metric) => words(metric).replace(/\b(auc|mae|r2|rmse|roc)\b/gi, (short) => short.toUpperCase());
let manifest, form, showAnswer;
let turn = new AbortController(); // aborted when the form changes: its answer is out of date then

async function start() {
  manifest = await describe();
  form = await import(`./${manifest.input.kind}/input.js`);
  ({ showAnswer } = await import(`./${manifest.output.task}/answer.js`));
  showModel(manifest);
  form.buildForm(manifest.input, $("input"));
  showExamples(manifest.golden);
  form.fillForm(manifest.golden[0].request);
  $("form").addEventListener("submit", (event) => { event.preventDefault(); submit(); });
  $("form").addEventListener("input", () => {
    const answered = $("answer").hasChildNodes();
    markStale(answered ? "The form has changed since this answer." : "Press Predict for an answer.");
  });
  $("work").hidden = false;
}

function showModel({ name, description, code, model, version, data, metrics }) {
  document.title = $("name").textContent = words(name);
  $("about").textContent = description;
  const pair = (term, value) => [make("dt", {}, term), make("dd", {}, value)];
  const facts = [["Model", words(model)], ["Version", version], ["Data", data.source]];
  const source = [["model card", `${code}/blob/main/reports/model_card.md`], ["code", code]];
  const links = [...here, ...(code ? source : [])];
  facts.push(["See", make("span", {}, ...links.flatMap(([text, href], place) =>
    [place ? ", " : "", make("a", { href }, text)]))]);
  if (bundle) facts.push(["Runs", "in your browser: what you enter stays here"]);
  $("facts").append(...facts.map((fact) => make("div", {}, ...pair(...fact))));

  $("test").textContent = `Tested on ${metrics.rows.toLocaleString("en")} unseen examples`;
  const lines = Object.keys(metrics.model).map((metric) =>
    [title(metric), decimal(metrics.model[metric]), decimal(metrics.baseline[metric])]);
  const [headline, ours, baseline] = lines[Object.keys(metrics.model).indexOf(metrics.metric)];
  $("figures").append(...pair(headline, ours), ...pair("Baseline", baseline));
  const { level, model: ends } = metrics.intervals;
  const { low, high } = ends[metrics.metric];
  $("sure").textContent = `${Math.round(100 * level)}% interval: ${decimal(low)} to ${decimal(high)}`;
  $("metrics").append(...lines.map(([name, ...values]) =>
    make("tr", {}, make("th", { scope: "row" }, name), ...values.map((value) => make("td", {}, value)))));
}

function showExamples(golden) {
  golden.slice(0, 26).forEach(({ request, answer: { warnings: { length } } }, place) => {
    const letter = String.fromCharCode(65 + place);
    const text = letter + (length ? ` · ${length} warning${length > 1 ? "s" : ""}` : "");
    const button = make("button", { type: "button" }, text);
    button.addEventListener("click", () => {
      form.fillForm(request);
      markStale(`Example ${letter} is filled in: press Predict.`);
    });
    $("examples").append(button);
  });
}

async function answerForm(signal) {
  if (bundle && !$("answer").hasChildNodes()) report("The model is being loaded into your browser.");
  const request = await form.readForm();
  const answer = await predict(request);
  if (signal.aborted) return;
  present(answer);
  explain(request, answer, signal);
}

async function submit() {
  turn.abort();
  const { signal } = turn = new AbortController();
  let wrong = form.checkForm(), problem = "";
  if (!wrong) {
    const failure = await answerForm(signal).catch((error) => error);
    if (signal.aborted) return;
    if (failure) problem = failure.message;
    wrong = form.checkForm(failure?.refused);
  }
  if (wrong) problem = wrong > 1 ? `${wrong} fields need a correction.` : "One field needs a correction.";
  if (problem) { // so that the last answer is not taken for this form's
    $("answer").replaceChildren();
    $("reasons").replaceChildren();
  }
  report(problem, problem !== "");
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

// The answer is shown first: what it depends on takes longer.
async function explain(request, answer, signal) {
  const hint = (sentence) => make("p", { className: "hint" }, sentence);
  const waiting = hint("Working out what this answer depends on …");
  $("reasons").className = "";
  $("reasons").replaceChildren(waiting);
  const shown = await findReasons(request, answer, manifest, signal).catch((error) =>
    [hint(`What this answer depends on could not be worked out. ${error.message}`)]);
  if (waiting.isConnected) $("reasons").replaceChildren(...(signal.aborted ? [] : shown));
}

function report(sentence, failed = false) {
  // The same sentence, set again, would be read out again.
  if ($("status").textContent !== sentence) $("status").textContent = sentence;
  $("status").classList.toggle("failed", failed);
}

function markStale(sentence) {
  turn.abort();
  $("answer").className = $("reasons").className = "stale";
  report(sentence);
}

start().catch((error) => {
  $("name").textContent = "The model could not be loaded";
  $("about").textContent = error.message;
});
