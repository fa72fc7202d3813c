// What the nodes that a query names are in the graph: asked of the server once each.
const LOT = 800;
const known = new Map();

/** The classes that all of these IRIs have, without those above others; none where one of them is not known. */
export async function sharedClasses(iris, { above, rules }) {
  if (!iris.length || iris.length > LOT || iris.includes(null)) return [];
  const missing = iris.filter((iri) => !known.has(iri));
  if (missing.length) {
    try {
      const answer = await fetch("/workbench/classes", { method: "POST", body: JSON.stringify(missing) });
      if (!answer.ok) return [];
      for (const [iri, classes] of Object.entries(await answer.json())) known.set(iri, classes);
    } catch {
      return [];
    }
  }
  const all = iris.map((iri) => new Set(known.get(iri).flatMap((kind) => [kind, ...(above[kind] ?? [])])));
  const shared = [...all[0]].filter((kind) => rules[kind] && all.every((kinds) => kinds.has(kind)));
  return shared.filter((kind) => !shared.some((other) => other !== kind && above[other]?.includes(kind)));
}
