// The answer of a regression: a number and its unit. It exports what classification/answer.js lists.

import { make, signed, words } from "../dom.js";

export function showAnswer({ value, unit, low, high }, { target, confidence }) {
  const shown = [
    make("p", { className: "hint" }, words(target)),
    make("p", { className: "label" }, `${rounded(value)} ${unit}`),
  ];
  if (low !== undefined) {
    const interval = `${rounded(low)} to ${rounded(high)} ${unit}: such intervals contain the true value ${Math.round(100 * confidence)}% of the time.`;
    shown.push(make("p", { className: "note" }, interval));
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

// No decimals from 100 on, three digits below: models are not more precise.
function rounded(value) {
  const large = Math.abs(value) >= 100;
  return value.toLocaleString("en", large ? { maximumFractionDigits: 0 } : { maximumSignificantDigits: 3 });
}
