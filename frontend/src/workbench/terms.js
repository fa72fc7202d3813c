// Terms as they stand in an answer: what kind they are, how they compare, how they are shown.
import { h, say, shorten, tongue } from "./dom.js";
import { nameOf } from "./names.js";

const XSD = "http://www.w3.org/2001/XMLSchema#";
const NUMERIC = new Set(
  "integer decimal double float int long short byte nonNegativeInteger positiveInteger nonPositiveInteger negativeInteger unsignedInt unsignedLong unsignedShort unsignedByte"
    .split(" ").map((name) => XSD + name));
const DATES = new Set(["date", "dateTime", "gYear", "gYearMonth"].map((name) => XSD + name));

export const isIri = (term) => term?.type === "uri";
export const isNumber = (term) => NUMERIC.has(term?.datatype) && Number.isFinite(Number(term.value));
export const isDate = (term) => DATES.has(term?.datatype) && Number.isFinite(moment(term));

/** Milliseconds of a date, a year or a month, at its beginning. */
export function moment(term) {
  const found = term.value.match(/^(-?\d{4,})(?:-(\d\d))?(?:-(\d\d))?/);
  if (!found) return NaN;
  const date = new Date(0);
  date.setUTCFullYear(Number(found[1]), Number(found[2] ?? 1) - 1, Number(found[3] ?? 1));
  return date.getTime();
}

/** The columns in which every bound value passes a test, and one is bound. */
export function columnsOf(answer, test) {
  return answer.vars.map((name, index) => [name, index]).filter(([, index]) => {
    let bound = 0;
    for (const row of answer.rows) {
      if (!row[index]) continue;
      if (!test(row[index])) return false;
      bound += 1;
    }
    return bound > 0;
  });
}

/** What a term is called: the name of an IRI in the language of the page, else the value. */
export function spoken(term) {
  if (!term) return "";
  return isIri(term) ? nameOf(term.value)?.[0] || shorten(term.value) : term.value;
}

const collator = new Intl.Collator(document.documentElement.lang, { numeric: true });

export function compare(one, other) {
  if (!one || !other) return one ? -1 : other ? 1 : 0; // what is unbound stands last
  if (isNumber(one) && isNumber(other)) return Number(one.value) - Number(other.value);
  if (isDate(one) && isDate(other)) return moment(one) - moment(other);
  return collator.compare(spoken(one), spoken(other));
}

/** The link of an IRI under its name; evidence leads to the words that it was quoted from. */
export function linkOf(iri) {
  const [name, lang, page, evidence] = nameOf(iri) ?? ["", "", "", ""];
  const text = name || shorten(iri);
  const foreign = /^https?:/.test(page);
  const shown = page
    ? h("a", { href: page, class: foreign && "out", rel: foreign && "noopener noreferrer", lang: name && tongue(name, lang) }, text)
    : h("span", { lang: name && tongue(name, lang) }, text);
  return [shown, evidence && ["\u00a0", h("a", { class: "ev", href: evidence, "aria-label": `¶ ${text}` }, "¶")]];
}

/**
 * thing: the IRI of the same row whose value this is, where the query says so: its words prove the value. behind: the
 * address of the rows that a number was made of.
 */
export function cellOf(term, thing = null, behind = "") {
  if (!term) return "";
  const proof = (isIri(thing) && nameOf(thing.value)?.[3]) || "";
  const proved = (shown) => proof ? h("span", {}, shown, "\u00a0", h("a", { class: "ev", href: proof, "aria-label": `¶ ${spoken(term)}` }, "¶")) : shown;
  if (isIri(term)) {
    const [link, evidence] = linkOf(term.value);
    const short = shorten(term.value);
    return h("span", {}, evidence || !proof ? [link, evidence] : proved(link), link.textContent !== short && [h("br"), h("span", { class: "iri" }, short)]);
  }
  if (term.type === "bnode") return h("span", { class: "iri" }, `_:${term.value}`);
  if (behind) return h("a", { class: "counted", href: behind, title: say("counted") }, term.value);
  const long = term.value.length > 60;
  const shown = h("span", { class: long && "longtext", lang: tongue(term.value, term["xml:lang"]) }, term.value);
  return proved(term["xml:lang"] ? h("span", {}, shown, h("small", { class: "tag" }, `@${term["xml:lang"]}`)) : shown);
}
