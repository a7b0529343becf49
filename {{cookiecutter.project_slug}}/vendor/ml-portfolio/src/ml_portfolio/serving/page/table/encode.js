// A row of a table as the graph's tensors: the library's tables/columns.py in the browser.

// By a column's type: a value, null where missing → what the graph takes for it.
const ENCODE = {
  number: (value) => [value ?? NaN],
  integer: (value) => [value ?? NaN],
  category: (value, { missing }) => [value ?? missing],
  ordinal: (value, { categories }) => [categories.includes(value) ? categories.indexOf(value) : NaN],
  boolean: (value) => [value === null ? NaN : Number(value)],
  date: (value, { time }) => dateParts(value).slice(0, time ? 5 : 4),
  text: countWords,
};

export async function makeEncoder({ columns }, { ort }) {
  return async (request) => {
    const feeds = {}, warnings = [];
    for (const column of columns) {
      const sent = request[column.name] ?? null;
      const value = sent === column.missing ? null : sent;
      warnings.push(...warn(column, value));
      const parts = ENCODE[column.type](value, column), shape = [1, parts.length];
      feeds[column.tensor] = column.type === "category"
        ? new ort.Tensor("string", parts, shape)
        : new ort.Tensor("float32", Float32Array.from(parts), shape);
    }
    return { feeds, warnings };
  };
}

// Days since 1970, month, day, weekday from Monday = 0, hour; in UTC, also where there is no zone.
function dateParts(value) {
  if (value === null) return Array(5).fill(NaN);
  const iso = value.toUpperCase().replace(" ", "T").replace(/(T.*[+-]\d\d)(\d\d)$/, "$1:$2");
  const when = new Date(/T[\d:.]*$/.test(iso) ? `${iso}Z` : iso);
  const seconds = Math.floor(when / 1000), days = Math.floor(seconds / 86400);
  const weekday = (when.getUTCDay() + 6) % 7, hour = (seconds - days * 86400) / 3600;
  return [days, when.getUTCMonth() + 1, when.getUTCDate(), weekday, hour];
}

function countWords(value, { word, words }) {
  const places = new Map(words.map((each, place) => [each, place]));
  const counts = Array(words.length).fill(0);
  for (const each of (value ?? "").toLowerCase().match(new RegExp(word, "g")) ?? []) {
    if (places.has(each)) counts[places.get(each)] += 1;
  }
  return counts;
}

function warn({ name, categories }, value) {
  if (value === null) return [`${name} is missing: treated as not known`];
  if (categories.length && !categories.includes(value)) {
    const word = [...value].slice(0, 40).join("").replaceAll("\\", "\\\\");
    const quoted = word.includes("'") && !word.includes('"') ? `"${word}"` : `'${word.replaceAll("'", "\\'")}'`;
    return [`${name} ${quoted} is unknown: not in the training data, so ignored`];
  }
  return [];
}
