// Probabilities of classes as an answer: the library's bundle/classification.py in the browser.

// The last output of the graph is probabilities [1, classes] in float32: the limits that they are compared
// with are rounded to it, as NumPy does.
export function decode({ labels, threshold, min_probability: least }, { data }) {
  const probabilities = Array.from(data);
  const top = Math.max(...probabilities);
  const choice = threshold === null
    ? probabilities.indexOf(top) : Number(probabilities[1] >= Math.fround(threshold));
  const answer = {
    label: labels[choice],
    probabilities: Object.fromEntries(labels.map((label, place) => [label, probabilities[place]])),
  };
  if (least !== null) {
    const isIn = (probability) => probability >= Math.fround(least) || probability === top;
    answer.plausible = labels.filter((_, place) => isIn(probabilities[place]));
  }
  return answer;
}
