// The form for an image: a file is chosen, dropped or pasted, or the image is drawn. It exports what
// table/input.js lists.

import { make } from "../dom.js";

const SIDE = 280; // of the canvas, in pixels
const SENT_SIDE = 1000; // of an image that is too large to be sent as it is
const file = make("input", { type: "file", id: "picture", accept: "image/png,image/jpeg" });
const error = make("p", { id: "picture-error", className: "error" });
const canvas = make("canvas", { role: "img" });
const pen = canvas.getContext("2d");
let spec, content = null; // base64 of the file as it came; null if the canvas was drawn on
let empty = true;

export function buildForm(input, place) {
  spec = input;
  const scale = SIDE / Math.max(spec.width, spec.height);
  Object.assign(canvas, { width: scale * spec.width, height: scale * spec.height });
  canvas.ariaLabel = "The image to send; draw on it with mouse, pen or finger";
  Object.assign(canvas.style, { maxWidth: "100%", margin: ".75rem 0", border: "1px solid var(--edge)",
    borderRadius: ".5rem", touchAction: "none", cursor: "crosshair", display: "block" });
  const blank = make("button", { type: "button", onclick: () => { clear(); changed(); } }, "Clear, to draw");
  const about = `PNG or JPEG: choose a file, drop or paste one here, or draw. The model sees it as
    ${spec.width} × ${spec.height} pixels, ${spec.channels === 1 ? "in grey" : "in colour"}.`;
  const hint = make("p", { id: "picture-hint", className: "hint" }, about);
  file.setAttribute("aria-describedby", "picture-error picture-hint");
  file.style.padding = ".5rem";
  place.append(make("legend", {}, "Image"), make("label", { htmlFor: "picture" }, "File"),
    file, error, hint, canvas, blank);
  file.addEventListener("change", () => take(file.files[0]));
  listenForDrops(place);
  listenForStrokes();
  clear();
}

function listenForDrops(place) {
  place.addEventListener("dragover", (event) => event.preventDefault());
  place.addEventListener("drop", (event) => { event.preventDefault(); take(event.dataTransfer.files[0]); });
  document.addEventListener("paste", ({ clipboardData }) => take(clipboardData.files[0]));
}

function listenForStrokes() {
  const at = ({ offsetX, offsetY }) =>
    [offsetX * canvas.width / canvas.clientWidth, offsetY * canvas.height / canvas.clientHeight];
  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    pen.beginPath();
    pen.moveTo(...at(event));
    stroke(event);
  });
  canvas.addEventListener("pointermove", (event) => { if (event.buttons) stroke(event); });
  canvas.addEventListener("pointerup", changed);

  function stroke(event) {
    const light = spec.background < 128 ? "white" : "black";
    Object.assign(pen, { strokeStyle: light, lineWidth: SIDE / 14, lineCap: "round", lineJoin: "round" });
    pen.lineTo(...at(event));
    pen.stroke();
    [file.value, content, empty] = ["", null, false];
  }
}

function clear() {
  paint();
  [file.value, content, empty] = ["", null, true];
}

function paint() {
  pen.fillStyle = `rgb(${spec.background} ${spec.background} ${spec.background})`;
  pen.fillRect(0, 0, canvas.width, canvas.height);
}

function changed() {
  flag("");
  canvas.dispatchEvent(new Event("input", { bubbles: true }));
}

// Take a file that was chosen, dropped or pasted.
async function take(chosen) {
  if (!chosen) return;
  const reader = new FileReader();
  reader.readAsDataURL(chosen);
  await new Promise((done) => { reader.onloadend = done; });
  const image = await load(reader.result).catch(() => null);
  changed();
  if (!image) {
    clear();
    return flag("The browser cannot read this file as an image.");
  }
  show(image);
  empty = false;
  content = chosen.size > spec.max_bytes || image.width * image.height > spec.max_pixels
    ? smaller(image) : base64(reader.result);
}

async function load(url) {
  const image = Object.assign(new Image(), { src: url });
  await image.decode();
  return image;
}

function show(image) {
  paint();
  const scale = Math.min(canvas.width / image.width, canvas.height / image.height);
  const [width, height] = [scale * image.width, scale * image.height];
  pen.imageSmoothingEnabled = scale < 1; // a small image is shown pixel by pixel
  pen.drawImage(image, (canvas.width - width) / 2, (canvas.height - height) / 2, width, height);
}

function smaller(image) {
  const scale = Math.min(1, SENT_SIDE / Math.max(image.width, image.height));
  const sheet = make("canvas", { width: scale * image.width, height: scale * image.height });
  sheet.getContext("2d").drawImage(image, 0, 0, sheet.width, sheet.height);
  return base64(sheet.toDataURL("image/jpeg", 0.9));
}

const base64 = (url) => url.slice(url.indexOf(",") + 1);

export function fillForm(request) {
  [file.value, content, empty] = ["", request.image, false];
  flag("");
  load(`data:image/png;base64,${content}`).then(show);
}

export function readForm() {
  return { image: content ?? base64(canvas.toDataURL("image/png")) };
}

export function checkForm(refused = []) {
  const problem = refused.length ? `${refused[0].msg}.` : empty ? "Choose an image, or draw one." : "";
  flag(problem[0] ? problem[0].toUpperCase() + problem.slice(1) : "");
  if (problem) file.focus();
  return problem ? 1 : 0;
}

function flag(sentence) {
  error.textContent = sentence;
  file.ariaInvalid = sentence ? "true" : null;
}
