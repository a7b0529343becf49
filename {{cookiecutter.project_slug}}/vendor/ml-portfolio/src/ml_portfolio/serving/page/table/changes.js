// Copies of a row, each with one column at its typical value. A changes.js must export:
//   HOW                            the changes, in words that follow "how far the answer moves"
//   makeCopies(request, manifest)  a promise of { same, copies, draw }: the request without a change, in the
//                                  form of the copies; { name, detail, request } of each copy;
//                                  draw(shifts, ranked), if there is an image of what moved

import { words } from "../dom.js";

export const HOW = `when one column at a time takes its typical value in the training data (the median, or the
  most frequent one)`;

const DAY = 86_400_000; // milliseconds
const LONGEST = 30; // letters of a value that are shown

// By a column's type: its description in the manifest's reference → its typical value.
const TYPICAL = {
  number: median,
  integer: (about) => Math.round(median(about)),
  category: mostFrequent,
  ordinal: mostFrequent,
  boolean: (about) => mostFrequent(about) === "true",
  date: (about, { time }) => new Date(DAY * median(about)).toISOString().slice(0, time ? 19 : 10),
  text: () => " ", // left out: a text has at least one character
};

export async function makeCopies(request, { input, reference }) {
  const copies = [];
  for (const column of input.columns) {
    const { name, type } = column, about = reference.columns[name];
    if (!about?.quantiles && !Object.keys(about?.counts ?? {}).length) continue; // always missing in the training data
    const usual = TYPICAL[type](about, column), now = request[name] ?? null;
    if (usual === now) continue;
    const detail = `${shorten(now ?? "not known")} → ${usual === " " ? "left out" : shorten(usual)}`;
    copies.push({ name: words(name), detail, request: { ...request, [name]: usual } });
  }
  return { same: request, copies };
}

function median({ quantiles }) {
  return quantiles[quantiles.length >> 1];
}

function mostFrequent({ counts }) {
  return Object.keys(counts).reduce((best, word) => counts[word] > counts[best] ? word : best);
}

function shorten(value) {
  const letters = [...String(value)];
  return letters.length > LONGEST ? `${letters.slice(0, LONGEST).join("")}…` : letters.join("");
}
