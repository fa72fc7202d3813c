// A column of dates or years along a line; what belongs to each date stands below as a list.
import { choice, cut, h, s, say } from "./dom.js";
import { columnsOf, isDate, isIri, linkOf, moment, spoken } from "./terms.js";
import { wantNames } from "./names.js";

const LISTED = 30;
export const dated = (answer) => columnsOf(answer, isDate);

export async function timeline(answer, place, choices) {
  const dates = dated(answer), others = answer.vars.map((name, index) => [name, index]).filter(([, index]) => !dates.some(([, each]) => each === index));
  const labels = others.length ? others : dates;
  const chosen = (key, list) => answer.vars.indexOf(choices.take(key, list.map(([name]) => name), list[0][0]));
  const state = { date: chosen("date", dates), label: chosen("label", labels) };
  const drawing = h("div");
  const named = (list) => list.map(([name, index]) => [String(index), `?${name}`]);
  const set = (key) => (value) => {
    state[key] = Number(value);
    choices.set(key, answer.vars[value]);
    draw();
  };
  const tools = h("div", { class: "tabletools" }, choice(say("date"), named(dates), String(state.date), set("date")),
    choice(say("labels"), named(labels), String(state.label), set("label")));

  async function draw() {
    const groups = new Map();
    for (const row of answer.rows) {
      const date = row[state.date];
      if (date) groups.set(date.value, [...(groups.get(date.value) ?? []), row]);
    }
    const told = [...groups].map(([text, rows]) => ({ text: text.replace(/T.*/, ""), at: moment(rows[0][state.date]), rows })).sort((one, other) => one.at - other.at);
    await wantNames(told.flatMap(({ rows }) => rows.slice(0, LISTED).map((row) => row[state.label])));
    const name = say("timelineOf", { dates: told.length, rows: answer.rows.length });
    drawing.replaceChildren(picture(told, Math.max(300, Math.min(1240, place.clientWidth - 2)), name),
      h("dl", { class: "dates" }, told.map((group) => h("div", {}, h("dt", {}, group.text, h("small", {}, ` ${say("rows", { rows: group.rows.length })}`)),
        h("dd", {}, h("ul", {}, group.rows.slice(0, LISTED).map((row) => {
          const term = row[state.label];
          return h("li", {}, isIri(term) ? linkOf(term.value) : cut(spoken(term), 120));
        })), group.rows.length > LISTED ? h("p", { class: "meta" }, say("first", { most: LISTED, all: group.rows.length })) : "")))));
  }

  place.replaceChildren(tools, drawing);
  await draw();
}

function picture(told, width, name) {
  const height = 120, first = told[0].at, last = told[told.length - 1].at;
  const x = (at) => last === first ? width / 2 : 45 + ((at - first) * (width - 90)) / (last - first);
  const most = Math.max(...told.map(({ rows }) => rows.length));
  let free = -Infinity;
  return s("svg", { class: "timeline", role: "img", "aria-label": name, width, height, viewBox: `0 0 ${width} ${height}` },
    s("line", { class: "axis", x1: 10, x2: width - 10, y1: 70, y2: 70 }),
    told.map(({ text, at, rows }) => {
      const place = x(at), named = place - free > 78;
      if (named) free = place;
      return s("g", {}, s("title", { text: `${text}: ${rows.length}` }),
        s("circle", { class: "dot", cx: place, cy: 70, r: 6 + 14 * Math.sqrt(rows.length / most) }),
        named && [s("text", { x: place, y: 110, "text-anchor": "middle" }, text), s("text", { class: "amount", x: place, y: 36, "text-anchor": "middle" }, String(rows.length))]);
    }));
}
