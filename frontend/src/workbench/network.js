// Two columns of IRIs, or the triples of a CONSTRUCT, as a network; its edges stand below as a table.
import { choice, fit, h, s, say, tableOf } from "./dom.js";
import { columnsOf, isIri, linkOf, spoken } from "./terms.js";
import { nameOf, wantNames } from "./names.js";
import { spread } from "./force.js";

const MOST = 120, LISTED = 500, LETTER = 6.4, LINE = 15;
const iris = (answer) => answer.form === "graph" ? [["subject", 0], ["object", 2]] : columnsOf(answer, isIri);
export const linked = (answer) => answer.form === "graph" ? answer.rows.some((row) => isIri(row[2]) && isIri(row[0])) : iris(answer).length > 1;

export async function network(answer, place, choices) {
  const columns = iris(answer);
  const names = columns.map(([name]) => name);
  const state = {
    from: columns[names.indexOf(choices.take("from", names, names[0]))][1], to: columns[names.indexOf(choices.take("to", names, names[1]))][1],
  };
  const drawing = h("div");
  const named = columns.map(([name, index]) => [String(index), `?${name}`]);
  const set = (key) => (value) => {
    state[key] = Number(value);
    choices.set(key, answer.vars[value]);
    draw();
  };
  const tools = answer.form === "graph" ? "" : h("div", { class: "tabletools" },
    choice(say("from"), named, String(state.from), set("from")), choice(say("to"), named, String(state.to), set("to")));

  async function draw() {
    const pairs = new Map();
    for (const row of answer.rows) {
      const [from, to] = [row[state.from], row[state.to]];
      if (isIri(from) && isIri(to)) pairs.set(`${from.value} ${to.value}`, [from, to, answer.form === "graph" ? row[1] : null]);
    }
    const degree = new Map();
    for (const [from, to] of pairs.values()) for (const { value } of [from, to]) degree.set(value, (degree.get(value) ?? 0) + 1);
    const heads = new Set([...pairs.values()].map(([from]) => from.value));
    const nodes = [...degree].sort((one, other) => other[1] - one[1]).slice(0, MOST).map(([iri, count]) => ({ iri, count, end: !heads.has(iri) }));
    const at = new Map(nodes.map((node, index) => [node.iri, index]));
    const edges = [...pairs.values()].filter(([from, to]) => at.has(from.value) && at.has(to.value));
    const listed = edges.slice(0, LISTED);
    await wantNames([...nodes.map(({ iri }) => ({ type: "uri", value: iri })), ...listed.map((edge) => edge[2])]);
    const width = Math.max(300, Math.min(1240, place.clientWidth - 2)), height = Math.max(360, Math.min(680, 160 + nodes.length * 12));
    spread(nodes, edges.map(([from, to]) => [at.get(from.value), at.get(to.value)]), width, height);
    const name = say("networkOf", { nodes: nodes.length, edges: edges.length });
    drawing.replaceChildren(
      h("p", { class: "meta" }, name, degree.size > nodes.length ? ` ${say("most", { most: nodes.length, all: degree.size })}` : "",
        nodes.some(({ end }) => end) && answer.form === "table" && [sign("from", answer.vars[state.from]), sign("to", answer.vars[state.to])]),
      picture(nodes, edges, at, width, height, name),
      h("details", {}, h("summary", {}, say("asTable")),
        edges.length > listed.length ? h("p", { class: "meta" }, say("first", { most: listed.length, all: edges.length })) : "",
        tableOf([say("from"), ...(answer.form === "graph" ? ["?predicate"] : []), say("to")],
          listed.map((edge) => (edge[2] ? [edge[0], edge[2], edge[1]] : [edge[0], edge[1]]).map((term) => linkOf(term.value))), name)));
  }

  place.replaceChildren(tools, drawing);
  await draw();
}

const sign = (kind, name) => h("span", { class: "sign" }, s("svg", { class: "key", width: 12, height: 12, "aria-hidden": "true" }, s("circle", { class: kind === "to" && "end", cx: 6, cy: 6, r: 5 })), ` ?${name}`);

/** Whose names are written: the most linked first, each where it covers no other; the rest are told on hover and focus. */
function named(nodes, width) {
  const taken = [];
  return nodes.map((node) => {
    const text = fit(spoken({ type: "uri", value: node.iri }), width < 600 ? 16 : 28);
    const long = LETTER * [...text].reduce((sum, point) => sum + (/[^\u0000-\u2000]/.test(point) ? 2 : 1), 0);
    const right = node.x + 13 + long < width && (node.x < width * 0.62 || node.x - 13 - long < 0);
    const box = [right ? node.x + 13 : node.x - 13 - long, node.y - LINE / 2, long, LINE];
    const free = taken.every(([x, y, w, h]) => box[0] > x + w || box[0] + box[2] < x || box[1] > y + h || box[1] + box[3] < y);
    if (free) taken.push(box);
    return { text, right, free };
  });
}

function picture(nodes, edges, at, width, height, name) {
  const names = named(nodes, width);
  return s("svg", { class: "network", role: "group", "aria-label": name, width, height, viewBox: `0 0 ${width} ${height}` },
    edges.map(([from, to]) => {
      const [one, other] = [nodes[at.get(from.value)], nodes[at.get(to.value)]];
      return s("line", { x1: one.x, y1: one.y, x2: other.x, y2: other.y });
    }),
    nodes.map((node, index) => {
      const text = spoken({ type: "uri", value: node.iri }), page = nameOf(node.iri)?.[2];
      const { right, free } = names[index];
      return s(page ? "a" : "g", { href: page || null, class: free ? "node" : "node minor", "aria-label": `${text} (${node.count})` },
        s("title", { text: `${text} (${node.count})` }),
        s("circle", { class: "reach", cx: node.x, cy: node.y, r: 12 }),
        s("circle", { class: node.end && "end", cx: node.x, cy: node.y, r: 4 + Math.min(8, Math.sqrt(node.count)) }),
        s("text", { x: node.x + (right ? 13 : -13), y: node.y + 4, "text-anchor": right ? "start" : "end" }, names[index].text));
    }));
}
