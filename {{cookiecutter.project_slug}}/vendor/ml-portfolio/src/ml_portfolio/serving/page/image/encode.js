// An image as the graph's tensor: the library's images/request.py in the browser. The same graph as on the
// server brings the size and the colours to the network's, so this adds no difference. The browser's own
// decoder opens the file: of a JPEG, or where an image is half transparent, it may find colours that are one
// step of 255 apart from the server's.

const PREPARATION = "preparation.onnx";

export async function makeEncoder(spec, { ort, start }) {
  const preparation = await start(PREPARATION);
  return async ({ image }) => {
    const { pixels, width, height } = await decode(image, spec);
    const picture = new ort.Tensor("uint8", pixels, [height, width, 3]);
    const [name] = preparation.outputNames;
    const { data, dims } = (await preparation.run({ pixels: picture }))[name];
    const warnings = warn(spec, width, height, data, dims);
    return { feeds: { pixels: new ort.Tensor("uint8", data, [1, ...dims]) }, warnings };
  };
}

// Base64 of a file → red, green and blue, a byte each, the right way up.
async function decode(text, { background, min_side, max_bytes, max_pixels }) {
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  if (bytes.length > max_bytes) refuse(`the file has ${bytes.length} bytes; ${max_bytes} are allowed`);
  const options = { colorSpaceConversion: "none", premultiplyAlpha: "none", imageOrientation: "from-image" };
  const bitmap = await createImageBitmap(new Blob([bytes]), options).catch(() =>
    refuse("the browser cannot read the file"));
  const { width, height } = bitmap;
  if (width * height > max_pixels) refuse(`the image has ${width} × ${height} pixels; ${max_pixels} in total are allowed`);
  if (Math.min(width, height) < min_side) {
    refuse(`the image has ${width} × ${height} pixels; each side needs at least ${min_side}`);
  }
  const pen = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true });
  pen.fillStyle = `rgb(${background} ${background} ${background})`; // shows through where it is transparent
  pen.fillRect(0, 0, width, height);
  pen.drawImage(bitmap, 0, 0);
  const { data } = pen.getImageData(0, 0, width, height);
  return { pixels: data.filter((_, place) => place % 4 < 3), width, height };
}

function refuse(msg) {
  throw Object.assign(new Error(msg), { refused: [{ loc: ["body", "image"], msg }] });
}

function warn(spec, width, height, data, [rows, columns, channels]) {
  const warnings = [];
  if (width !== spec.width || height !== spec.height) {
    warnings.push(`the image was resized from ${width} × ${height} pixels to ${spec.width} × ${spec.height}`);
  }
  const stretch = (width / height) / (spec.width / spec.height);
  if (!(stretch > 0.8 && stretch < 1.25)) {
    warnings.push("the image has other proportions than those in training: it was squeezed");
  }
  const light = border(data, rows, columns, channels);
  if (light > spec.brightest_border) {
    warnings.push(`the border is lighter (${light.toFixed(0)} of 255) than that of any training image ` +
      `(at most ${spec.brightest_border.toFixed(0)}): the answer may be wrong`);
  }
  return warnings;
}

// How light the outermost pixels are, 0 to 255.
function border(data, rows, columns, channels) {
  let sum = 0, count = 0;
  data.forEach((value, place) => {
    const row = Math.floor(place / channels / columns), column = Math.floor(place / channels) % columns;
    if (row > 0 && row < rows - 1 && column > 0 && column < columns - 1) return;
    sum += value;
    count += 1;
  });
  return sum / count;
}
