// The page: shows a model, and the answers that it gives to what the form holds. Who answers, the server
// or the browser, is decided in ask.js.
//
// What differs between kinds of models stands in two modules beside this one:
//   input.js   the form: how a request is typed in, and where its problems are shown
//   answer.js  how an answer looks
// A comment at the top of each says what it must export.

import { showAnswer } from "./answer.js";
import { describe, predict } from "./ask.js";
import { make, words } from "./dom.js";
import { bundle, links } from "./home.js";
import { buildForm, checkForm, fillForm, readForm } from "./input.js";

const $ = (id) => document.getElementById(id);
const decimal = (value) => value.toLocaleString("en", { minimumFractionDigits: 3, maximumFractionDigits: 3 });
const title = (metric) => words(metric).replace(/\b(auc|mae|r2|rmse|roc)\b/gi, (short) => short.toUpperCase());
let manifest, turn = 0;

async function start() {
  manifest = await describe();
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

function showModel({ name, description, model, version, data, metrics }) {
  document.title = $("name").textContent = words(name);
  $("about").textContent = description;
  const pair = (term, value) => [make("dt", {}, term), make("dd", {}, value)];
  const facts = [["Model", words(model)], ["Version", version], ["Data", data.source]];
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
      fillForm(request);
      outdate(`Example ${letter} is filled in: press Predict.`);
    });
    $("examples").append(button);
  });
}

async function answerForm() {
  if (bundle && !$("answer").hasChildNodes()) say("The model is loaded into your browser and answers there.");
  return predict(await readForm());
}

async function submit() {
  const mine = turn += 1;
  let wrong = checkForm(), problem = "";
  if (!wrong) {
    const [answer, failure] = await answerForm().then((said) => [said], (error) => [null, error]);
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
