// Two columns of IRIs, or the triples of a CONSTRUCT, as a network; its edges stand below as a table.
import { choice, fit, h, s, say, tableOf, wide } from "./dom.js";
import { columnsOf, isIri, linkOf, spoken } from "./terms.js";
import { nameOf, wantNames } from "./names.js";
import { spread } from "./force.js";

const MOST = 120, LISTED = 500, LETTER = 6.4, LINE = 15, TALL = 1400;
const iris = (answer) => answer.form === "graph" ? [["subject", 0], ["object", 2]] : columnsOf(answer, isIri);
export const linked = (answer) => answer.form === "graph" ? answer.rows.some((row) => isIri(row[2]) && isIri(row[0])) : iris(answer).length > 1;

export async function network(answer, place, choices) {
  const columns = iris(answer);
  const vars = columns.map(([name]) => name);
  const state = {
    from: columns[vars.indexOf(choices.take("from", vars, vars[0]))][1], to: columns[vars.indexOf(choices.take("to", vars, vars[1]))][1],
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
    const width = Math.max(300, Math.min(1240, place.clientWidth - 2)), pulls = edges.map(([from, to]) => [at.get(from.value), at.get(to.value)]);
    let height = Math.max(360, Math.min(680, 160 + nodes.length * 12)), names = [];
    for (;;) { // taller until each name has room
      spread(nodes, pulls, width, height);
      names = written(nodes, width, height);
      if (height >= TALL || names.every(({ place: found }) => found)) break;
      height = Math.min(TALL, Math.round(height * 1.3));
    }
    const bare = names.filter(({ place: found }) => !found).length;
    const name = say("networkOf", { nodes: nodes.length, edges: edges.length });
    drawing.replaceChildren(
      h("p", { class: "meta" }, name, degree.size > nodes.length ? ` ${say("most", { most: nodes.length, all: degree.size })}` : "", bare ? ` ${say("bare", { nodes: bare })}` : "",
        nodes.some(({ end }) => end) && answer.form === "table" && [sign("from", answer.vars[state.from]), sign("to", answer.vars[state.to])]),
      picture(nodes, names, edges, at, width, height, name),
      h("details", {}, h("summary", {}, say("asTable")),
        edges.length > listed.length ? h("p", { class: "meta" }, say("first", { most: listed.length, all: edges.length })) : "",
        tableOf([say("from"), ...(answer.form === "graph" ? ["?predicate"] : []), say("to")],
          listed.map((edge) => (edge[2] ? [edge[0], edge[2], edge[1]] : [edge[0], edge[1]]).map((term) => linkOf(term.value))), name)));
  }

  place.replaceChildren(tools, drawing);
  await draw();
}

const sign = (kind, name) => h("span", { class: "sign" }, s("svg", { class: "key", width: 12, height: 12, "aria-hidden": "true" }, s("circle", { class: kind === "to" && "end", cx: 6, cy: 6, r: 5 })), ` ?${name}`);

const radius = (node) => 4 + Math.min(8, Math.sqrt(node.count));
const apart = (one, other) => one.x > other.x + other.w || one.x + one.w < other.x || one.y > other.y + other.h || one.y + one.h < other.y;

/**
 * Where names are written: the most linked first, each at the first side of its dot where it covers no dot and no other
 * name. What has no such place is told on hover and focus, and the page says how many these are.
 */
function written(nodes, width, height) {
  const dots = nodes.map((node) => ({ x: node.x - radius(node), y: node.y - radius(node), w: 2 * radius(node), h: 2 * radius(node) }));
  const taken = [];
  return nodes.map((node, index) => {
    const text = fit(spoken({ type: "uri", value: node.iri }), width < 600 ? 16 : 28), w = LETTER * wide(text), r = radius(node) + 3;
    const sides = [
      [node.x + r, node.y - LINE / 2, "start"], [node.x - r - w, node.y - LINE / 2, "end"],
      [node.x - w / 2, node.y - r - LINE, "middle"], [node.x - w / 2, node.y + r, "middle"],
      [node.x + r - 4, node.y - r - LINE / 2, "start"], [node.x + r - 4, node.y + r - LINE / 2, "start"],
      [node.x - r + 4 - w, node.y - r - LINE / 2, "end"], [node.x - r + 4 - w, node.y + r - LINE / 2, "end"],
    ].map(([x, y, anchor]) => ({ x, y, w, h: LINE, anchor }));
    const inside = (box) => box.x >= 0 && box.x + w <= width && box.y >= 0 && box.y + LINE <= height;
    const found = sides.find((box) => inside(box) && taken.every((other) => apart(box, other)) && dots.every((dot, at) => at === index || apart(box, dot)));
    if (found) taken.push(found);
    const shown = found ?? sides.find(inside) ?? sides[0];
    return { text, place: found, anchor: shown.anchor, x: shown.x + { start: 0, middle: w / 2, end: w }[shown.anchor], y: shown.y + 11 };
  });
}

function picture(nodes, names, edges, at, width, height, name) {
  return s("svg", { class: "network", role: "group", "aria-label": name, width, height, viewBox: `0 0 ${width} ${height}` },
    edges.map(([from, to]) => {
      const [one, other] = [nodes[at.get(from.value)], nodes[at.get(to.value)]];
      return s("line", { x1: one.x, y1: one.y, x2: other.x, y2: other.y });
    }),
    nodes.map((node, index) => {
      const text = spoken({ type: "uri", value: node.iri }), page = nameOf(node.iri)?.[2];
      const { place, anchor, x, y } = names[index];
      return s(page ? "a" : "g", { href: page || null, class: place ? "node" : "node minor", "aria-label": `${text} (${node.count})` },
        s("title", { text: `${text} (${node.count})` }),
        s("circle", { class: "reach", cx: node.x, cy: node.y, r: 12 }),
        s("circle", { class: node.end && "end", cx: node.x, cy: node.y, r: radius(node) }),
        s("text", { x, y, "text-anchor": anchor }, names[index].text));
    }));
}
