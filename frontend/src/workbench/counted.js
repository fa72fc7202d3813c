// A number that an aggregate made leads to the rows behind it: what the server reads of the query, and the group's key.
import { address } from "./run.js";

/** {keys, queries: {column: query of its rows}}; nothing where the query says it not plainly. */
export async function countedBy(query) {
  if (!/\b(?:COUNT|SUM|AVG|MIN|MAX)\s*\(/i.test(query)) return { keys: [], queries: {} };
  try {
    const answer = await fetch(`/workbench/counted?${new URLSearchParams({ query })}`);
    if (answer.ok) return await answer.json();
  } catch { /* the number stays without a way to its rows */ }
  return { keys: [], queries: {} };
}

function written(term) {
  if (term.type === "uri") return `<${term.value}>`;
  const quoted = JSON.stringify(term.value).replaceAll("\x7f", "\\u007F"); // its escapes are those of SPARQL
  return term["xml:lang"] ? `${quoted}@${term["xml:lang"]}` : term.datatype ? `${quoted}^^<${term.datatype}>` : quoted;
}

/** The address of the rows behind a cell, "" where there is none. bound: variable → the term of the cell's row. */
export function rowsBehind({ keys, queries }, column, bound) {
  const own = keys.map(bound);
  if (!queries[column] || own.some((term) => term?.type !== "uri" && term?.type !== "literal")) return "";
  const same = keys.map((name, index) => `FILTER(sameTerm(?${name}, ${written(own[index])}))\n`).join("");
  return address(`${queries[column].slice(0, -1)}${same}}`); // each of these queries ends with its pattern
}
