// The form for a text: one field of several lines. It exports what table/input.js lists.

import { make } from "../dom.js";

const text = make("textarea", { id: "text", rows: 5, required: true });
const error = make("p", { id: "text-error", className: "error" });
let spec;

export function buildForm(input, place) {
  spec = input;
  Object.assign(text.style, { width: "100%", padding: ".6rem", font: "inherit", color: "inherit",
    background: "var(--card)", borderRadius: ".5rem", resize: "vertical" });
  const most = `${input.max_characters.toLocaleString("en")} characters at most.`;
  const about = [input.description, most].filter(Boolean).join("; ");
  const hint = make("p", { id: "text-hint", className: "hint" }, about);
  text.setAttribute("aria-describedby", "text-error text-hint");
  text.addEventListener("input", () => flag(""));
  place.append(make("legend", {}, "Input"), make("label", { htmlFor: "text" }, "Text"), text, error, hint);
}

export function fillForm(request) {
  text.value = request.text;
  flag("");
}

export function readForm() {
  return { text: text.value };
}

export function checkForm(refused = []) {
  const problem = refused.length ? `${refused[0].msg}.` : findProblem();
  flag(problem);
  if (problem) text.focus();
  return problem ? 1 : 0;
}

function findProblem() {
  const length = [...text.value].length; // as the server counts: an emoji is one character
  if (!text.value.trim()) return "Write a text.";
  if (length < spec.min_characters) return `Write at least ${spec.min_characters} characters.`;
  if (length > spec.max_characters) return `Shorten the text: it has ${length} characters.`;
  return "";
}

function flag(sentence) {
  error.textContent = sentence;
  text.ariaInvalid = sentence ? "true" : null;
}
