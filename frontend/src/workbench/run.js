// Asking the endpoint: the answer as a table of terms, or the problem that it told.
import { language, say } from "./dom.js";

const LONGEST_ADDRESS = 7000;
const ACCEPT = "application/sparql-results+json, application/n-triples;q=0.9";

export class Problem extends Error {
  constructor(told, status) {
    const own = told?.[language];
    super(own ? [own.title, own.detail].filter(Boolean).join(language === "zh" ? "：" : ": ") : say("failed", { status }));
    Object.assign(this, { line: told?.line ?? 0, column: told?.column ?? 0, status });
  }
}

export function address(query, more = {}) {
  return `/sparql?${new URLSearchParams({ query, ...more })}`;
}

export function send(query, accept, signal) {
  const url = address(query);
  return url.length <= LONGEST_ADDRESS
    ? fetch(url, { headers: { Accept: accept }, signal })
    : fetch("/sparql", { method: "POST", body: query, headers: { Accept: accept, "Content-Type": "application/sparql-query" }, signal });
}

/** {form: table | verdict | graph, vars, rows, verdict, text, milliseconds}; Problem, or what an aborted fetch throws. */
export async function ask(query, signal) {
  const begun = performance.now();
  const answer = await send(query, ACCEPT, signal);
  const text = await answer.text();
  const milliseconds = performance.now() - begun;
  if (!answer.ok) {
    let told = null;
    try {
      told = JSON.parse(text);
    } catch { /* a proxy's own page */ }
    throw new Problem(told, answer.status);
  }
  if ((answer.headers.get("Content-Type") ?? "").startsWith("application/n-triples")) {
    return { query, form: "graph", vars: ["subject", "predicate", "object"], rows: triples(text), text: "", milliseconds };
  }
  const found = JSON.parse(text);
  if ("boolean" in found) return { query, form: "verdict", verdict: found.boolean, vars: [], rows: [], text, milliseconds };
  const { vars } = found.head;
  const rows = found.results.bindings.map((binding) => vars.map((name) => plain(binding[name])));
  return { query, form: "table", vars, rows, text, milliseconds };
}

function plain(term) {
  return term?.type === "triple"
    ? { type: "literal", value: `<<( ${["subject", "predicate", "object"].map((part) => plain(term.value[part]).value).join(" ")} )>>` }
    : term ?? null;
}

const TERM = /<([^>]*)>|_:(\S+)|"((?:[^"\\]|\\.)*)"(?:@([A-Za-z0-9-]+)|\^\^<([^>]*)>)?|(<<\(.*\)>>)/y;
const ESCAPES = { t: "\t", n: "\n", r: "\r", b: "\b", f: "\f" };

function unescaped(text) {
  return text.replace(/\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))/g, (_, four, eight, one) =>
    four || eight ? String.fromCodePoint(parseInt(four ?? eight, 16)) : ESCAPES[one] ?? one);
}

/** The triples of an N-Triples text, as rows. */
export function triples(text) {
  const rows = [];
  for (const line of text.split("\n")) {
    const row = [];
    TERM.lastIndex = 0;
    for (let found; row.length < 3 && (found = TERM.exec(line)); TERM.lastIndex += 1) {
      const [, iri, bnode, literal, lang, datatype, triple] = found;
      if (iri !== undefined) row.push({ type: "uri", value: unescaped(iri) });
      else if (bnode) row.push({ type: "bnode", value: bnode });
      else row.push({ type: "literal", value: triple ?? unescaped(literal), "xml:lang": lang, datatype });
    }
    if (row.length === 3) rows.push(row);
  }
  return rows;
}
