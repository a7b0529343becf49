// A measured value as an answer: the library's bundle/regression.py in the browser.

// The last output of the graph is one value in float32: its limits are rounded to it, as NumPy does.
export function decode({ unit, min, max, confidence, level_ends: ends, half_widths: widths }, { data }) {
  const within = (value, round) =>
    Math.min(Math.max(value, min === null ? -Infinity : round(min)), max === null ? Infinity : round(max));
  const same = (limit) => limit;
  const value = within(Number(data[0]), Math.fround);
  if (confidence === null) return { value, unit };
  const level = ends.findIndex((end) => value <= end); // the level of the predicted value
  const reach = widths[level < 0 ? ends.length : level];
  return { value, unit, low: within(value - reach, same), high: within(value + reach, same) };
}
