// A text as the graph's tensor: the library's texts/request.py in the browser, with the same tokenizer.json.

const UNKNOWN = "[UNK]";
const MAX_NAMED = 5; // unknown tokens that a warning names
// Where the pre-tokenizer of BERT splits a text: at white space, and around each punctuation mark.
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

// The ids of a text's tokens. Of a text that is too long the last ones are left out, but not the special
// tokens that the tokenizer adds before and after a text.
function encode(tokenizer, text, most) {
  const { ids } = tokenizer.encode(text);
  if (ids.length <= most) return { ids, isCut: false };
  const last = tokenizer.encode("a", { add_special_tokens: false }).ids.at(-1);
  const marked = tokenizer.encode("a").ids; // "a" is one token, or [UNK]: those after it are special
  const after = marked.length - 1 - marked.lastIndexOf(last);
  return { ids: [...ids.slice(0, most - after), ...ids.slice(ids.length - after)], isCut: true };
}

function warnOfUnknown(tokenizer, text, ids) {
  const unknown = tokenizer.token_to_id(UNKNOWN);
  const count = ids.filter((id) => id === unknown).length;
  if (!count) return [];
  const isUnknown = (word) => tokenizer.encode(word, { add_special_tokens: false }).ids.includes(unknown);
  const words = (text.match(WORDS) ?? []).filter(isUnknown).slice(0, Math.min(count, MAX_NAMED));
  const quoted = words.map((word) => quote([...word].slice(0, 20).join("")));
  return [`${quoted.join(", ")} is unknown to the tokenizer, so ignored`];
}

// As Python's repr writes a text.
function quote(word) {
  const escaped = word.replaceAll("\\", "\\\\");
  return word.includes("'") && !word.includes('"') ? `"${escaped}"` : `'${escaped.replaceAll("'", "\\'")}'`;
}
