// The form for a row of a table: a field a column. The page calls, and an input.js must export:
//   buildForm(input, place)  once: put the form for the manifest's `input` into the element `place`
//   fillForm(request)        show a request in the form, without its problems
//   readForm()               the request in the form, or a promise of it; an error is shown
//   checkForm(refused)       show problems beside their fields, go to the first, return how many there are:
//                            `refused` as the server lists them ({ loc, msg }), or what is found here
// Every change of the form must send an `input` event that bubbles: it makes the answer out of date.

import { make, words } from "../dom.js";

const LONGEST_SELECT = 60; // with more categories, typing is faster
const NOT_KNOWN = "Not known";
const BUILD = { // by a column's type: its control
  number: buildNumber, integer: buildNumber, category: buildChoice, ordinal: buildChoice,
  boolean: buildBoolean, date: buildDate, text: buildText,
};
const READ = { number: Number, integer: Number, boolean: (word) => word === "true" }; // others: as it is
const fields = new Map(); // by name: the column, its control and the element that shows its problem

export function buildForm(input, place) {
  const rows = make("div", { className: "fields" });
  place.append(make("legend", {}, "Input"), rows);
  input.columns.forEach((column, number) => {
    const id = `field-${number}`, title = words(column.name);
    const control = BUILD[column.type](column, id, place);
    Object.assign(control, { id, required: column.required });
    control.setAttribute("aria-describedby", `${id}-error ${id}-hint`);
    const hint = make("p", { id: `${id}-hint`, className: "hint" });
    if (column.description.toLowerCase() !== title.toLowerCase()) hint.append(column.description);
    const error = make("p", { id: `${id}-error`, className: "error" });
    const field = make("div", {}, make("label", { htmlFor: id }, title), control, error, hint);
    if (column.type === "text") field.style.gridColumn = "1 / -1";
    rows.append(field);
    fields.set(column.name, { column, control, error });
    control.addEventListener("input", () => flag({ control, error }, ""));
  });
}

function buildNumber({ type, min, max, required }) {
  const control = make("input", { type: "number", step: type === "integer" ? "1" : "any" });
  if (min !== null) control.min = min;
  if (max !== null) control.max = max;
  // Touch keyboards for these lack a minus.
  if (min !== null && min >= 0) control.inputMode = type === "integer" ? "numeric" : "decimal";
  if (!required) control.placeholder = NOT_KNOWN;
  return control;
}

function buildSelect(options, required) {
  return make("select", {}, ...(required ? [] : [make("option", { value: "" }, NOT_KNOWN)]), ...options);
}

function buildChoice({ categories, required }, id, place) {
  const options = categories.map((value) => make("option", { value }, value));
  if (categories.length <= LONGEST_SELECT) return buildSelect(options, required);
  const control = make("input", { type: "text", placeholder: required ? "" : NOT_KNOWN });
  control.setAttribute("list", `${id}-list`);
  place.append(make("datalist", { id: `${id}-list` }, ...options));
  return control;
}

function buildBoolean({ required }) {
  return buildSelect([make("option", { value: "true" }, "Yes"), make("option", { value: "false" }, "No")], required);
}

function buildDate({ time }) {
  return make("input", { type: time ? "datetime-local" : "date", step: time ? "1" : "", max: "9999-12-31" + (time ? "T23:59" : "") });
}

function buildText({ longest, required }) {
  return make("textarea", { rows: 3, maxLength: longest, placeholder: required ? "" : NOT_KNOWN });
}

// A value as its control takes it: a date has a time of day there, or none.
function typed(value, { type, time }) {
  const text = String(value ?? "");
  return type !== "date" || !text ? text : time ? text.slice(0, 10) + (text.slice(10, 19) || "T00:00") : text.slice(0, 10);
}

export function fillForm(request) {
  for (const [name, field] of fields) {
    const { control } = field, value = typed(request[name], field.column);
    control.querySelector(".new")?.remove();
    control.value = value;
    if (control.options && control.value !== value) { // a word that was not in the training data
      control.append(make("option", { value, className: "new", selected: true }, `${value} (new)`));
    }
    flag(field, "");
  }
}

export function readForm() {
  return Object.fromEntries([...fields].map(([name, { column, control }]) => {
    if (control.value === "") return [name, null];
    return [name, READ[column.type]?.(control.value) ?? control.value];
  }));
}

export function checkForm(refused = []) {
  const messages = new Map(refused.map(({ loc, msg }) => [loc[1], `${msg}.`]));
  const wrong = [...fields].filter(([name, field]) =>
    flag(field, messages.get(name) ?? field.control.validationMessage));
  wrong[0]?.[1].control.focus();
  return wrong.length;
}

// Show a sentence beside a field, or remove it; return it.
function flag({ control, error }, sentence) {
  error.textContent = sentence;
  control.ariaInvalid = sentence ? "true" : null;
  return sentence;
}
