// Copies of a text, each without one word (Li et al. 2016, https://arxiv.org/abs/1612.08220). It exports what
// table/changes.js lists.

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
