// Probabilities of classes as an answer: serving/outputs.py in the browser.

// The last output of the graph, probabilities [1, classes], as float32: what they are compared with is
// rounded likewise, as numpy does.
export function decode({ labels, threshold, set_from: least }, { data }) {
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
