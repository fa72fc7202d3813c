// Elements, and the words and facts that the server wrote into the page.
const root = document.getElementById("workbench");
const told = JSON.parse(root.dataset.words);
export const language = document.documentElement.lang.startsWith("zh") ? "zh" : "en";
export const prefixes = JSON.parse(root.dataset.prefixes);
const SVG = "http://www.w3.org/2000/svg";
const namespaces = Object.entries(prefixes).sort((one, other) => other[1].length - one[1].length);

/** A sentence of the page in its language, {names} filled in. */
export function say(key, values = {}) {
  return told[key].replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

function filled(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "text") element.textContent = value;
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value != null) element.setAttribute(name, value);
  }
  element.append(...children.flat(Infinity).filter((child) => child != null && child !== false));
  return element;
}

export function h(tag, attributes = {}, ...children) {
  return filled(document.createElement(tag), attributes, children);
}

export function s(tag, attributes = {}, ...children) {
  return filled(document.createElementNS(SVG, tag), attributes, children);
}

export function shorten(iri) {
  const known = namespaces.find(([, namespace]) => iri.startsWith(namespace));
  return known ? `${known[0]}:${iri.slice(known[1].length)}` : iri;
}

/** The language of words that may be Chinese on an English page. */
export function tongue(text, lang = "") {
  if (lang) return lang.startsWith("zh") ? "zh-CN" : lang;
  return language === "en" && /\p{Script=Han}/u.test(text) ? "zh-CN" : null;
}

export function cut(text, length) {
  const points = [...text];
  return points.length > length ? `${points.slice(0, length - 1).join("")}…` : text;
}

/** As cut, but by the room it takes: a Chinese character is as wide as two letters. */
export function fit(text, letters) {
  let room = letters;
  const points = [...text], end = points.findIndex((point) => (room -= /[^\u0000-\u2000]/.test(point) ? 2 : 1) < 0);
  return end < 0 ? text : `${points.slice(0, Math.max(1, end - 1)).join("")}…`;
}

/** How many letters wide a text is. */
export const wide = (text) => [...text].reduce((sum, point) => sum + (/[^\u0000-\u2000]/.test(point) ? 2 : 1), 0);

/** A text on as few lines as it needs, three at most; the last is cut where even these are too short. */
export function lined(text, letters) {
  const lines = [];
  let rest = text;
  while (lines.length < 2 && wide(rest) > letters) {
    const points = [...rest];
    let end = 0;
    for (let room = letters; end < points.length && (room -= wide(points[end])) >= 0; end += 1);
    const head = points.slice(0, Math.max(1, end)).join("");
    const blank = /[\x21-\x7f]$/.test(head) ? head.lastIndexOf(" ") : -1; // no word is parted
    const line = blank > 0 ? head.slice(0, blank) : head;
    lines.push(line.trim());
    rest = rest.slice(line.length).trim();
  }
  return [...lines, fit(rest, letters)];
}

/** A choice with its label: options are [value, text]. */
export function choice(label, options, value, change) {
  const select = h("select", { onchange: () => change(select.value) },
    options.map(([key, text]) => h("option", { value: key, selected: key === value }, text)));
  return h("label", {}, label, select);
}

/** A table of cells that are nodes or texts, in a region that scrolls. */
export function tableOf(heads, rows, label) {
  return h("div", { class: "scroll", role: "region", tabindex: "0", "aria-label": label },
    h("table", { class: "grid" },
      h("thead", {}, h("tr", {}, heads.map((head) => h("th", { scope: "col" }, head)))),
      h("tbody", {}, rows.map((row) => h("tr", {}, row.map((cell) => h("td", {}, cell)))))));
}
