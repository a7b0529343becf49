// Copies of a text, each without one word (Li et al. 2016, https://arxiv.org/abs/1612.08220). A changes.js
// must export:
//   HOW                            what is done, in words that follow "how far the answer moves"
//   makeCopies(request, manifest)  a promise of { same, copies, draw }: the request without a change, as
//                                  it is made like the copies; { name, detail, request } of each copy;
//                                  draw(shifts, ranked), if there is a picture to be made of what moved

const MOST = 60; // copies: of a longer text, several words are left out together
const LONGEST = 60; // letters of a name

export const HOW = "when one word at a time is left out (of a long text, some words in a row)";

export async function makeCopies(request, { input }) {
  const words = request.text.trim().split(/\s+/), size = Math.ceil(words.length / MOST), copies = [];
  for (let place = 0; place < words.length; place += size) {
    const text = words.toSpliced(place, size).join(" ");
    const left = [...words.slice(place, place + size).join(" ")];
    const name = `“${left.slice(0, LONGEST).join("")}${left.length > LONGEST ? "…" : ""}”`;
    if (text && [...text].length >= input.min_characters) copies.push({ name, request: { text } });
  }
  return { same: request, copies };
}
