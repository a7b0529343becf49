// The answer of a regression: a number and its unit. An answer.js must export:
//   showAnswer(answer, output)  the elements, in a list, that show the `answer`, where `output`
//                               is the manifest's; the page adds the answer's warnings
//   measured(answer)  what of an answer is compared with others, in words
//   compare(answer, before, after)  { moved, text }: how far it moved from one answer to another, rounded

import { make, signed, words } from "./dom.js";

export function showAnswer({ value, unit, low, high }, { target, confidence }) {
  const shown = [
    make("p", { className: "hint" }, words(target)),
    make("p", { className: "label" }, `${rounded(value)} ${unit}`),
  ];
  if (low !== undefined) {
    const held = `${rounded(low)} to ${rounded(high)} ${unit}: intervals like this hold the true value ${Math.round(100 * confidence)}% of the time.`;
    shown.push(make("p", { className: "note" }, held));
  }
  return shown;
}

export const measured = () => "the predicted value";

// To the digit that the answer is shown with.
export function compare({ value, unit }, before, after) {
  const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value) || 1)));
  const moved = Number((after.value - before.value).toFixed(Math.min(digits, 20)));
  return { moved, text: `${signed(moved, Math.min(digits, 20))} ${unit}` };
}

// Whole from 100 on, three digits below that: more would promise more than a model can keep.
function rounded(value) {
  const large = Math.abs(value) >= 100;
  return value.toLocaleString("en", large ? { maximumFractionDigits: 0 } : { maximumSignificantDigits: 3 });
}
