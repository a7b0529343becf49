// Copies of a row, each with one column at its typical value. A changes.js must export:
//   HOW                            what is done, in words that follow "how far the answer moves"
//   makeCopies(request, manifest)  a promise of { same, copies, draw }: the request without a change, as
//                                  it is made like the copies; { name, detail, request } of each copy;
//                                  draw(shifts, ranked), if there is a picture to be made of what moved

import { words } from "./dom.js";

export const HOW = `when a column that is not typical takes its typical value in the training data (the
  median, or the most frequent one), one at a time`;

export async function makeCopies(request, { input, reference }) {
  const copies = [];
  for (const { name, type } of input.columns) {
    const usual = typical(reference.columns[name] ?? {}, type), now = request[name] ?? null;
    if (usual === undefined || usual === now) continue;
    copies.push({ name: words(name), detail: `${now ?? "not known"} → ${usual}`, request: { ...request, [name]: usual } });
  }
  return { same: request, copies };
}

// The middle of the deciles, or the most frequent value.
function typical({ quantiles, counts = {} }, type) {
  if (!quantiles) return Object.entries(counts).sort(([, a], [, b]) => b - a)[0]?.[0];
  const median = quantiles[quantiles.length >> 1];
  return type === "integer" ? Math.round(median) : median;
}
