// What is offered while a query is written: what the subject at hand can have, by name in either language.
import { language, say } from "./dom.js";
import { sharedClasses } from "./nodes.js";
import { common, declared, iriOf, read, tokens } from "./scan.js";

const WORDS = {
  head: ["SELECT", "DISTINCT", "CONSTRUCT", "ASK", "DESCRIBE", "WHERE", "PREFIX", "FROM", "GROUP BY", "HAVING", "ORDER BY", "DESC", "LIMIT", "OFFSET", "COUNT", "SUM", "AVG", "MIN", "MAX", "SAMPLE", "GROUP_CONCAT", "AS"],
  subject: ["FILTER", "OPTIONAL", "UNION", "MINUS", "GRAPH", "BIND", "VALUES", "FILTER NOT EXISTS", "FILTER EXISTS"],
  after: ["FILTER", "OPTIONAL", "BIND", "VALUES", "MINUS", "GRAPH"],
  expression: ["STR", "LANG", "LANGMATCHES", "CONTAINS", "STRSTARTS", "STRENDS", "REGEX", "REPLACE", "CONCAT", "IF", "COALESCE", "BOUND", "IN", "NOT IN", "EXISTS", "NOT EXISTS", "YEAR", "DATATYPE", "STRLEN", "ROUND", "ABS", "xsd:decimal", "xsd:integer"],
};
const MOST = 60;
const WORD = /[?$@]?[\p{L}\p{N}_:.\-]*/u;

let terms = null;
/** The vocabulary of the snapshot, asked for once. */
export async function loadTerms() {
  const answer = await fetch("/workbench/terms.json");
  if (answer.ok) terms = await answer.json();
}

/**
 * The classes that a subject of the query is known to have: as written, else what its node is in the graph, or the nodes
 * that VALUES gives it have in common, else by the properties that lead to and from it.
 */
async function classesOf(subject, { triples, values }, own) {
  const named = triples.map(([one, predicate, other]) => [one, common(predicate, own), other]);
  const stated = named.filter(([one, predicate]) => one === subject && predicate === "rdf:type").map(([, , kind]) => common(kind, own));
  if (stated.length) return stated;
  const nodes = /^[?$]/.test(subject) ? values[subject] ?? [] : [subject];
  const given = await sharedClasses(nodes.map((node) => iriOf(node, own)), terms);
  if (given.length) return given;
  const led = named.filter(([, , other]) => other === subject).map(([, predicate]) => terms.ranges[predicate] ?? []).find((kinds) => kinds.length === 1);
  if (led) return led;
  const having = named.filter(([one, predicate]) => one === subject && !predicate.startsWith("?"))
    .map(([, predicate]) => Object.keys(terms.rules).filter((kind) => terms.rules[kind].some(([each]) => each === predicate)));
  const shared = (having[0] ?? []).filter((kind) => having.every((kinds) => kinds.includes(kind)));
  const highest = shared.filter((kind) => !(terms.above[kind] ?? []).some((up) => shared.includes(up)));
  return highest.length <= 3 ? highest : [];
}

const fold = (text) => text.normalize("NFKC").toLowerCase();

/** How well a term answers to what was typed: 0 best, -1 not at all. */
function rank(name, [zh, en], typed) {
  if (!typed) return 2;
  const local = fold(name.slice(name.indexOf(":") + 1)), words = fold(typed);
  if (fold(name) === words || local === words || zh === typed || fold(en) === words) return 0;
  if (fold(name).startsWith(words) || local.startsWith(words) || zh.startsWith(typed) || fold(en).startsWith(words)) return 1;
  return local.includes(words) || zh.includes(typed) || fold(en).includes(words) ? 2 : -1;
}

function written(name, own) {
  const colon = name.indexOf(":"), namespace = terms.prefixes[name.slice(0, colon)];
  const prefix = Object.entries(own).find(([, each]) => each === namespace)?.[0] ?? name.slice(0, colon);
  return `${prefix}:${name.slice(colon + 1)}`;
}

function option(name, told, own, more = {}) {
  const [zh, en, aboutZh, aboutEn] = told;
  const detail = language === "zh" ? zh : en === name ? zh : en;
  const other = language === "zh" ? en : zh;
  const about = language === "zh" ? aboutZh : aboutEn;
  const text = written(name, own);
  return { label: text, apply: text, detail: detail === name ? "" : detail, info: [other, about].filter((each) => each && each !== name).join("\n") || undefined, ...more };
}

function ranked(entries, typed, own, more) {
  return entries.map(([name, told]) => [rank(name, told, typed), name, told]).filter(([score]) => score >= 0)
    .sort((one, other) => one[0] - other[0]).map(([, name, told]) => option(name, told, own, more(name, told)));
}

async function properties(place, typed, own, whole) {
  const { triples } = whole;
  const subject = place.path ? terms.ranges[common(place.path, own)] ?? [] : await classesOf(place.subject, whole, own);
  const rules = new Map(subject.flatMap((kind) => terms.rules[kind] ?? []).map((rule) => [rule[0], rule]));
  const called = subject.map((kind) => terms.classes[kind]?.[language === "zh" ? 0 : 1] ?? kind).join(", ");
  const sections = { must: { name: say("must", { class: called }), rank: 0 }, may: { name: say("may", { class: called }), rank: 1 }, other: { name: say("others"), rank: 2 } };
  const known = [...rules.values()].sort((one, other) => other[1] - one[1]).map(([name]) => [name, terms.properties[name]]).filter(([, told]) => told);
  const rest = Object.entries(terms.properties).filter(([name]) => !rules.has(name));
  const shown = ranked(known, typed, own, (name, told) => {
    const must = rules.get(name)[1];
    const detail = language === "zh" ? told[0] : told[1];
    return { type: "property", section: must ? sections.must : sections.may, detail: must ? `${detail} · ${say("mandatory")}` : detail };
  });
  const type = rank("rdf:type", ["类别", "type"], typed) >= 0 && !triples.some(([one, predicate]) => one === place.subject && predicate === "rdf:type" && one);
  return [
    ...(type && typed !== ":" ? [{ label: "a", detail: say("type"), type: "keyword", section: sections.must, boost: 1 }] : []),
    ...shown, ...ranked(rest, typed, own, () => ({ type: "property", section: subject.length ? sections.other : undefined })),
  ];
}

async function individuals(kind, typed, context) {
  if (!typed && !kind) return [];
  const gone = new AbortController();
  context.addEventListener("abort", () => gone.abort());
  try {
    const answer = await fetch(`/workbench/individuals?${new URLSearchParams({ q: typed, class: kind })}`, { signal: gone.signal });
    const found = answer.ok ? await answer.json() : [];
    return found.map(({ node, zh, en }) => {
      const iri = terms.prefixes.id + node.slice(3);
      return { label: (language === "zh" ? zh || en : en || zh) || node, detail: node, info: (language === "zh" ? en : zh) || undefined, apply: `<${iri}>`, type: "constant", section: { name: say("individuals"), rank: 1 } };
    });
  } catch {
    return [];
  }
}

async function objects(place, typed, own, whole, context) {
  const predicate = common(place.predicate, own);
  if (predicate === "rdf:type") return ranked(Object.entries(terms.classes), typed, own, () => ({ type: "class" }));
  const subject = await classesOf(place.subject, whole, own);
  const ruled = subject.flatMap((kind) => terms.rules[kind] ?? []).find(([name, , , range]) => name === predicate && range);
  const range = ruled ? [ruled[3]] : terms.ranges[predicate] ?? [];
  const below = (kind) => [kind, ...(terms.above[kind] ?? [])].some((each) => range.includes(each));
  const values = Object.entries(terms.values).filter(([, told]) => below(told[4]));
  return [...ranked(values, typed, own, () => ({ type: "enum", section: { name: say("values"), rank: 0 } })),
    ...(values.length || range.some((each) => /^xsd:|^rdf:/.test(each)) ? [] : await individuals(range.join(" "), typed, context))];
}

/** The source of completions for CodeMirror. */
export async function complete(context) {
  const word = context.matchBefore(WORD);
  if (!word || !terms || (word.from === word.to && !context.explicit)) return null;
  const text = context.state.doc.toString();
  const whole = tokens(text), own = declared(whole);
  const place = read(tokens(text.slice(0, word.from)));
  if (place.slot === "text" || word.text.startsWith("@")) return null;
  if (/^[?$]/.test(word.text)) {
    const names = new Set(whole.filter(({ kind, from }) => kind === "variable" && from !== word.from).map((token) => token.text));
    return { from: word.from, options: [...names].map((label) => ({ label, type: "variable" })), validFor: /^[?$][\p{L}\p{N}_]*$/u };
  }
  const parts = read(whole), typed = word.text;
  let options = [];
  if (place.slot === "predicate") options = await properties(place, typed, own, parts);
  else if (place.slot === "object") options = await objects(place, typed, own, parts, context);
  else if (place.slot === "value" || place.slot === "subject") options = await individuals("", typed, context);
  const words = (WORDS[place.slot] ?? []).filter((each) => (typed || context.explicit) && fold(each).startsWith(fold(typed)))
    .map((label) => ({ label, type: "keyword", section: { name: say("keywords"), rank: 3 } }));
  options = [...options.slice(0, MOST), ...words];
  return options.length && !context.aborted ? { from: word.from, filter: false, options } : null;
}
