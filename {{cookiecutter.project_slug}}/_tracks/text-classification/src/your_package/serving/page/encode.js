// A text as the graph's tensor: serving/inputs.py in the browser, with the same tokenizer.json.

const UNKNOWN = "[UNK]";
const SHOWN = 5; // of the pieces that are not known
// Where the pre-tokenizer of BERT parts a text: at white space, and around each punctuation mark.
const WORDS = /[!-/:-@[-`{-~]|\p{P}|[^\s!-/:-@[-`{-~\p{P}]+/gu;

export async function makeEncoder({ tokenizer: file, max_tokens: most }, { ort, get, folder }) {
  const { Tokenizer } = await import(`${folder}tokenizers.min.mjs`);
  const tokenizer = new Tokenizer(await (await get(file)).json(), {});
  return async (request) => {
    const text = request.text.trim();
    const { ids, isCut } = encode(tokenizer, text, most);
    const warnings = isCut ? [`text is longer than ${ids.length} tokens: the rest was not read`] : [];
    warnings.push(...warnOfUnknown(tokenizer, text, ids));
    const feeds = {
      ids: new ort.Tensor("int64", BigInt64Array.from(ids, BigInt), [1, ids.length]),
      words: new ort.Tensor("string", [ids.join(" ")], [1]),
    };
    return { feeds, warnings };
  };
}

// The numbers of a text's pieces. Of one that is too long the last pieces are left out, but not the marks
// that the tokenizer puts before and after a text.
function encode(tokenizer, text, most) {
  const { ids } = tokenizer.encode(text);
  if (ids.length <= most) return { ids, isCut: false };
  const last = tokenizer.encode("a", { add_special_tokens: false }).ids.at(-1);
  const marked = tokenizer.encode("a").ids; // "a" is one piece, or [UNK]: what follows it is added
  const after = marked.length - 1 - marked.lastIndexOf(last);
  return { ids: [...ids.slice(0, most - after), ...ids.slice(ids.length - after)], isCut: true };
}

function warnOfUnknown(tokenizer, text, ids) {
  const unknown = tokenizer.token_to_id(UNKNOWN);
  const count = ids.filter((id) => id === unknown).length;
  if (!count) return [];
  const isUnknown = (word) => tokenizer.encode(word, { add_special_tokens: false }).ids.includes(unknown);
  const words = (text.match(WORDS) ?? []).filter(isUnknown).slice(0, Math.min(count, SHOWN));
  const quoted = words.map((word) => quote([...word].slice(0, 20).join("")));
  return [`${quoted.join(", ")} is unknown: answered without regard to it`];
}

// As Python writes a text.
function quote(word) {
  const escaped = word.replaceAll("\\", "\\\\");
  return word.includes("'") && !word.includes('"') ? `"${escaped}"` : `'${escaped.replaceAll("'", "\\'")}'`;
}
