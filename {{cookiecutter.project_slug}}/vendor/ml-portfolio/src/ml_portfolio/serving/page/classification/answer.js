// The answer of a classifier: its label, and a bar for each class. An answer.js must export:
//   showAnswer(answer, output)  a list of elements that show the `answer`; `output` is the manifest's, and
//                               the page adds the answer's warnings
//   measured(answer)  the quantity that is compared between answers, in words
//   compare(answer, before, after)  { moved, text }: how far it moved from one answer to another, rounded

import { make, signed, words } from "../dom.js";

const percent = (share) => `${(100 * share).toFixed(1)}%`;

export function showAnswer({ label, probabilities, plausible }, { target, labels, threshold, confidence }) {
  const bars = Object.entries(probabilities).map(([name, probability]) =>
    showBar(name, probability, name === label));
  const shown = [
    make("p", { className: "hint" }, words(target)),
    make("p", { className: "label" }, label),
    make("ul", { className: "bars" }, ...bars),
  ];
  if (threshold !== null && threshold !== 0.5) { // at 0.5 it is the likeliest class
    const rule = `“${labels[1]}” is predicted from a probability of ${percent(threshold)} on.`;
    shown.push(make("p", { className: "note" }, rule));
  }
  if (plausible?.length > 1) {
    const set = `${plausible.join(" or ")}: such sets contain the true class ${Math.round(100 * confidence)}% of the time.`;
    shown.push(make("p", { className: "note" }, set));
  }
  return shown;
}

export const measured = ({ label }) => `the probability of “${label}”`;

export function compare({ label }, before, after) {
  const points = 100 * (after.probabilities[label] - before.probabilities[label]);
  const turned = after.label === before.label ? "" : `, then ${after.label}`;
  return { moved: Math.round(10 * points) / 10, text: `${signed(points, 1)} points${turned}` };
}

function showBar(name, probability, chosen) {
  const bar = make("div", { className: "bar" });
  bar.style.width = percent(probability);
  const track = make("div", { className: "track" }, bar);
  const number = make("span", {}, percent(probability));
  return make("li", { className: chosen ? "chosen" : "" }, name, number, track);
}
