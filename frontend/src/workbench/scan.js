// The words of a query and what each stands for: enough to know what may be written at a place, whatever is still
// missing around it.
import { prefixes } from "./dom.js";

const TOKEN = new RegExp([
  "(?<space>\\s+|#[^\\n]*)", "(?<iri><[^<>\"{}|^`\\\\\\s]*>)",
  "(?<string>'''(?:'{0,2}(?:[^'\\\\]|\\\\.))*'''|\"\"\"(?:\"{0,2}(?:[^\"\\\\]|\\\\.))*\"\"\"|'(?:[^'\\\\\\n]|\\\\.)*'|\"(?:[^\"\\\\\\n]|\\\\.)*\")",
  "(?<open>\"\"\"|'''|[\"'])", "(?<variable>[?$][\\p{L}\\p{N}_]+)", "(?<lang>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)",
  "(?<name>(?:\\p{L}[\\p{L}\\p{N}_.-]*)?:(?:[\\p{L}\\p{N}_:%-]|\\.(?=[\\p{L}\\p{N}_:%-])|\\\\.)*)",
  "(?<blank>_:[\\p{L}\\p{N}_]+)", "(?<number>\\d+\\.?\\d*(?:[eE][+-]?\\d+)?)", "(?<word>\\p{L}[\\p{L}\\p{N}_]*)",
  "(?<mark>\\^\\^|\\|\\||&&|!=|<=|>=|.)",
].join("|"), "suy");
const EXPRESSION = new Set(["FILTER", "BIND", "HAVING"]);
const GROUPING = new Set(["OPTIONAL", "UNION", "MINUS", "WHERE", "EXISTS", "NOT"]);

/** [{kind, text, from, to}] of a text, white space and comments left out; a string that does not end is "open". */
export function tokens(text) {
  const found = [];
  for (TOKEN.lastIndex = 0; TOKEN.lastIndex < text.length;) {
    const from = TOKEN.lastIndex, match = TOKEN.exec(text);
    if (!match) break;
    const [kind] = Object.entries(match.groups).find(([, value]) => value !== undefined);
    if (kind === "space" && !(text[from] === "#" && from + match[0].length === text.length)) continue;
    found.push({ kind: kind === "space" ? "comment" : kind, text: match[0], from, to: from + match[0].length });
    if (kind === "open") break;
  }
  return found;
}

const WIDE = "？，。；：（）｛｝［］＜＞＝！｜＆＊／＋－＃＠　、", NARROW = "?,.;:(){}[]<>=!|&*/+-#@ ,";

/** The full-width marks that stand outside of strings, with what a query needs there: [{from, to, insert}]. */
export function fullWidth(text) {
  return tokens(text).filter(({ kind, text: mark }) => kind === "mark" && WIDE.includes(mark))
    .map(({ from, to, text: mark }) => ({ from, to, insert: NARROW[WIDE.indexOf(mark)] }));
}

/** A query on one line, without its prologue and its comments: what a list calls it by. */
export function summary(text) {
  const list = tokens(text);
  let at = 0;
  while (/^(prefix|base)$/i.test(list[at]?.text ?? "")) at += /^base$/i.test(list[at].text) ? 2 : 3;
  const words = list.slice(at).filter(({ kind }) => kind !== "comment");
  return words.map((word, index) => (index && words[index - 1].to < word.from ? " " : "") + word.text).join("") || text.trim();
}

/** {prefix: namespace} as a query declares them. */
export function declared(list) {
  const found = {};
  list.forEach((token, index) => {
    if (!/^prefix$/i.test(token.text)) return;
    const [name, iri] = [list[index + 1], list[index + 2]];
    if (name?.kind === "name" && iri?.kind === "iri") found[name.text.slice(0, -1)] = iri.text.slice(1, -1);
  });
  return found;
}

/** The IRI of a term as a query writes it; null where it is none. */
export function iriOf(text, own) {
  const colon = text.indexOf(":"), prefix = text.slice(0, colon);
  return text.startsWith("<") ? text.slice(1, -1) : prefix in own ? own[prefix] + text.slice(colon + 1).replace(/\\(.)/g, "$1") : null;
}

/** A name under our own prefix for its namespace, whatever the query calls it. */
export function common(text, own) {
  const iri = iriOf(text, own);
  if (iri === null) return text;
  const known = Object.entries(prefixes).filter(([, namespace]) => iri.startsWith(namespace)).sort((one, other) => other[1].length - one[1].length)[0];
  return known ? `${known[0]}:${iri.slice(known[1].length)}` : iri;
}

/**
 * What may be written behind these tokens: {slot: head | subject | predicate | object | after | expression | text,
 * subject, predicate}, the triples read so far, each [subject, predicate, object], and the values: {variable: terms}.
 */
export function read(list) {
  const triples = [], outer = [], values = {};
  let frame = null, brackets = 0, blank = 0, typed = false;
  const fresh = () => ({ slot: "subject", subject: "", predicate: "" });
  const term = (text) => {
    if (frame.slot === "subject" || frame.slot === "after") Object.assign(frame, { subject: text, slot: "predicate", predicate: "" });
    else if (frame.slot === "predicate") Object.assign(frame, { predicate: text, slot: "object" });
    else if (frame.slot === "object") {
      triples.push([frame.subject, frame.predicate, text]);
      frame.slot = "after";
    }
  };
  for (const { kind, text } of list) {
    const word = kind === "word" ? text.toUpperCase() : "";
    if (kind === "mark" && text === "{") {
      outer.push([frame, brackets]);
      const names = frame?.values;
      [frame, brackets] = [fresh(), 0];
      if (names) Object.assign(frame, { slot: "value", names, column: 0 });
    } else if (kind === "mark" && text === "}") {
      [frame, brackets] = outer.pop() ?? [null, 0];
      if (frame) Object.assign(frame, frame.square ? {} : fresh(), { values: null });
    } else if (!frame) continue;
    else if (frame.names && kind !== "comment") {
      if (text === "(") frame.column = 0;
      else if (kind !== "mark" && kind !== "lang" && !typed) {
        (values[frame.names[frame.column]] ??= []).push(text);
        frame.column = Math.min(frame.column + 1, frame.names.length - 1);
      }
      typed = text === "^^"; // what follows belongs to the literal before it
    } else if (kind === "mark" && text === "(") brackets += frame.expression || brackets || frame.slot === "after" ? 1 : 0;
    else if (kind === "mark" && text === ")") {
      brackets = Math.max(0, brackets - 1);
      if (!brackets && frame.expression) frame = fresh();
    } else if (brackets || frame.slot === "value") continue;
    else if (EXPRESSION.has(word)) frame = { ...fresh(), expression: true };
    else if (word === "VALUES") frame = { ...fresh(), values: [] };
    else if (word === "GRAPH") frame = { ...fresh(), slot: "graph" };
    else if (GROUPING.has(word)) frame = fresh();
    else if (frame.values && kind === "variable") frame.values.push(text);
    else if (frame.expression || frame.values) continue;
    else if (kind === "mark" && text === ".") Object.assign(frame, fresh());
    else if (kind === "mark" && text === ";") Object.assign(frame, { slot: "predicate", predicate: "" });
    else if (kind === "mark" && text === ",") frame.slot = "object";
    else if (kind === "mark" && text === "[") {
      outer.push([frame, brackets]);
      blank += 1;
      frame = { slot: "predicate", subject: `[${blank}`, predicate: "", square: true };
    } else if (kind === "mark" && text === "]") {
      const name = frame.subject;
      [frame, brackets] = outer.pop() ?? [fresh(), 0];
      if (frame) term(name);
    } else if (kind === "mark" && (text === "/" || text === "|")) {
      Object.assign(frame, { slot: "predicate", path: text === "/" ? frame.predicate : "" });
    } else if (kind === "word" ? word === "A" && frame.slot === "predicate" : ["iri", "name", "variable", "string", "number", "blank"].includes(kind)) {
      if (frame.slot === "graph") frame = fresh();
      else term(word === "A" ? "rdf:type" : text);
    }
  }
  const last = list[list.length - 1];
  const slot = last?.kind === "open" || last?.kind === "comment" ? "text" : !frame ? "head" : brackets || frame.expression ? "expression" : frame.slot;
  return { slot, subject: frame?.subject ?? "", predicate: frame?.predicate ?? "", path: frame?.path ?? "", triples, values };
}
