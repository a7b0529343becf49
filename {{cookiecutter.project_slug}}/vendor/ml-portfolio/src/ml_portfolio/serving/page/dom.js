// Small helpers of the page's modules.

// Names and values come from data: as strings they become text, never markup.
export function make(tag, properties, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

// Lets the page do other things between the parts of long work.
export const pause = () => new Promise((done) => { setTimeout(done); });

// A change with its sign: "+3", "−0.25".
export function signed(value, digits) {
  const format = { signDisplay: "exceptZero", minimumFractionDigits: digits, maximumFractionDigits: digits };
  return value.toLocaleString("en", format).replace("-", "−");
}

// A name in the data as a title: "hours-per-week" becomes "Hours per week", pH stays as it is.
export function words(name) {
  const spaced = name.replace(/[-_]+/g, " ");
  return /^[a-z]+\d*\b/.test(spaced) ? spaced[0].toUpperCase() + spaced.slice(1) : spaced;
}
