// Names, pages and evidence of IRIs, asked of the server in lots and kept.
const known = new Map();
const LOT = 800;

/** [name, its language, page, place of its words], or nothing for an IRI that was not asked for. */
export const nameOf = (iri) => known.get(iri);

/** Asks for what is not known yet. What fails stays without a name: the IRI itself is shown. */
export async function wantNames(terms) {
  const missing = [...new Set(terms.filter((term) => term?.type === "uri").map((term) => term.value))].filter((iri) => !known.has(iri));
  for (let at = 0; at < missing.length; at += LOT) {
    try {
      const answer = await fetch("/workbench/names", { method: "POST", body: JSON.stringify(missing.slice(at, at + LOT)) });
      if (!answer.ok) return;
      for (const [iri, told] of Object.entries(await answer.json())) known.set(iri, told);
    } catch {
      return;
    }
  }
}

/** {variable: the variable of the thing whose value it is}, as the query says; none where that is not plain. */
export async function claimsOf(query) {
  try {
    const answer = await fetch(`/workbench/claims?${new URLSearchParams({ query })}`);
    return answer.ok ? await answer.json() : {};
  } catch {
    return {};
  }
}
