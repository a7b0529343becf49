// What an answer depends on: the model is asked again about copies of the request, each with one change, and
// how far each moves the answer is shown. This is occlusion, or explaining by removing: Covert et al. 2021,
// https://arxiv.org/abs/2011.14878. It explains the model, not the world.

import { predictAll } from "./ask.js";
import { make } from "./dom.js";

const SHOWN = 6; // of the changes, the strongest first

// A promise of the elements that show it, in a list.
export async function findReasons(request, answer, manifest, signal) {
  const { compare, measured } = await import(`./${manifest.output.task}/answer.js`);
  const { HOW, makeCopies } = await import(`./${manifest.input.kind}/changes.js`);
  const { same, copies, draw } = await makeCopies(request, manifest);
  if (!copies.length) return show(make("p", {}, "This request has nothing that could be changed."));
  const requests = [same, ...copies.map((copy) => copy.request)];
  const [before, ...after] = await predictAll(requests, signal);
  const shifts = copies.map((copy, place) => ({ ...copy, ...compare(answer, before, after[place]) }));
  const ranked = shifts.filter(({ moved }) => moved).sort((a, b) => Math.abs(b.moved) - Math.abs(a.moved));
  const method = `How far ${measured(answer)} moves ${HOW}. This shows what the model reacts to, not causes.`;
  const hint = make("p", { className: "hint" }, method);
  if (!ranked.length) return show(hint, make("p", {}, `Nothing moves it: ${shifts.length} changes were tried.`));
  const most = Math.abs(ranked[0].moved);
  const list = make("ul", { className: "bars" }, ...ranked.slice(0, SHOWN).map((shift) => showBar(shift, most)));
  const rest = shifts.length - Math.min(ranked.length, SHOWN);
  const effect = ranked.length > SHOWN ? "With less effect" : "Without effect";
  const others = rest ? [make("p", { className: "hint" }, `${effect}: ${rest} more.`)] : [];
  return show(hint, ...(draw ? [draw(shifts, ranked)] : []), list, ...others);
}

const show = (...elements) => [make("h3", {}, "What this answer depends on"), ...elements];

// From the middle to the left where the answer falls, to the right where it rises.
function showBar({ name, detail, moved, text }, most) {
  const bar = make("div", { className: "bar" }), length = 50 * Math.abs(moved) / most;
  Object.assign(bar.style, { width: `${length}%`, marginLeft: `${moved < 0 ? 50 - length : 50}%` });
  const about = make("span", {}, name, ...(detail ? [make("span", { className: "hint" }, detail)] : []));
  const track = make("div", { className: "track" }, bar);
  return make("li", { className: moved < 0 ? "falls" : "" }, about, make("span", {}, text), track);
}
