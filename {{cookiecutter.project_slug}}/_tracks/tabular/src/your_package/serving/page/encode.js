// A row of a table as the graph's tensors: serving/inputs.py in the browser.

export async function makeEncoder({ columns }, { ort }) {
  return async (request) => {
    const feeds = {}, warnings = [];
    for (const column of columns) {
      const sent = request[column.name] ?? null;
      const value = sent === column.missing ? null : sent;
      warnings.push(...warn(column, value));
      feeds[column.tensor] = column.type === "category"
        ? new ort.Tensor("string", [value ?? column.missing], [1, 1])
        : new ort.Tensor("float32", Float32Array.of(value ?? NaN), [1, 1]);
    }
    return { feeds, warnings };
  };
}

function warn({ name, categories }, value) {
  if (value === null) return [`${name} is missing: answered as for rows where it was not known`];
  if (categories.length && !categories.includes(value)) {
    const word = [...value].slice(0, 40).join("").replaceAll("\\", "\\\\");
    const quoted = word.includes("'") && !word.includes('"') ? `"${word}"` : `'${word.replaceAll("'", "\\'")}'`;
    return [`${name} ${quoted} is unknown: answered without regard to it`];
  }
  return [];
}
