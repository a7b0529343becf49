// Copies of an image, each with one patch in grey (Zeiler & Fergus 2014, section 4.2,
// https://arxiv.org/abs/1311.2901). It exports what table/changes.js lists.

import { make, pause } from "../dom.js";

const GRID = 7; // patches along a side
const LARGEST = 140; // pixels of a side, or as many as the network sees: fifty copies are sent
const SHOWN_SIDE = 280;

export const HOW = `when one of ${GRID} × ${GRID} patches is covered in grey`;

export async function makeCopies({ image }, { input, reference }) {
  const picture = Object.assign(new Image(), { src: `data:image/png;base64,${image}` });
  await picture.decode();
  const most = Math.max(LARGEST, input.width, input.height);
  const plain = paint(picture, input.background, Math.min(1, most / Math.max(picture.width, picture.height)));
  const grey = Math.round(reference.brightness?.mean ?? 127); // the mean of the training images
  const copies = [];
  for (let place = 0; place < GRID ** 2; place += 1) {
    await pause();
    const sheet = paint(plain, input.background, 1);
    cover(sheet, place, `rgb(${grey} ${grey} ${grey})`);
    copies.push({ name: where(place), request: { image: send(sheet) } });
  }
  return { same: { image: send(plain) }, copies, draw: (...shifts) => draw(plain, ...shifts) };
}

const where = (place) => `Row ${1 + Math.floor(place / GRID)}, column ${1 + place % GRID}`;
const send = (sheet) => sheet.toDataURL("image/png").split(",")[1];

// A new canvas with an image on it.
function paint(picture, background, scale) {
  const [width, height] = [picture.width, picture.height].map((side) => Math.max(1, Math.round(scale * side)));
  const sheet = make("canvas", { width, height }), pen = sheet.getContext("2d");
  pen.fillStyle = `rgb(${background} ${background} ${background})`;
  pen.fillRect(0, 0, width, height);
  pen.imageSmoothingEnabled = scale < 1; // a small image stays as it is, pixel by pixel
  pen.drawImage(picture, 0, 0, width, height);
  return sheet;
}

function cover(sheet, place, colour) {
  const edge = (step, side) => Math.round(step * side / GRID);
  const [row, column, pen] = [Math.floor(place / GRID), place % GRID, sheet.getContext("2d")];
  const [left, top] = [edge(column, sheet.width), edge(row, sheet.height)];
  pen.fillStyle = colour;
  pen.fillRect(left, top, edge(column + 1, sheet.width) - left, edge(row + 1, sheet.height) - top);
}

// The image with its patches coloured: the stronger, the further the answer moves.
function draw(plain, shifts, ranked) {
  const sheet = paint(plain, 0, SHOWN_SIDE / Math.max(plain.width, plain.height));
  const most = Math.abs(ranked[0].moved);
  shifts.forEach(({ moved }, place) => {
    const strength = 0.85 * Math.abs(moved) / most;
    cover(sheet, place, moved < 0 ? `rgb(255 120 0 / ${strength})` : `rgb(0 140 255 / ${strength})`);
  });
  sheet.className = "map";
  sheet.role = "img";
  sheet.ariaLabel = `The image, coloured where a patch moves the answer, most at ${ranked.slice(0, 3)
    .map(({ name, text }) => `${name.toLowerCase()} (${text})`).join("; ")}`;
  const key = "Orange: with this patch covered, the answer is less likely. Blue: more likely.";
  return make("figure", {}, sheet, make("figcaption", { className: "hint" }, key));
}
