// A numeric column as bars or as a line; the same values stand below as a table.
import { choice, fit, h, lined, s, say, tableOf, wide } from "./dom.js";
import { cellOf, columnsOf, isNumber, spoken } from "./terms.js";
import { wantNames } from "./names.js";

const MOST = 60, NUMBERED = "#"; // in the address, for rows that are told apart by their number
export const charted = (answer) => columnsOf(answer, isNumber);

/** The column that tells each number in the words of the text, as 53%左右 does 53; -1 where there is none. */
function wordsOf(answer, value, rows, label) {
  return answer.vars.findIndex((name, index) => index !== value && index !== label && rows.length > 0 && rows.every((row) =>
    row[index]?.type === "literal" && !isNumber(row[index]) && numberIn(row[index].value, Number(row[value].value))));
}

const numberIn = (text, number) => new RegExp(`(?<![\\d.])${String(number).replace(".", "\\.")}(?!\\d|\\.\\d)`).exec(text);

/** The words about a number with what stands right before and behind it, which says whether it is 左右 or 以上. */
function about(text, number, letters) {
  const found = numberIn(text, number);
  if (!found || wide(text) <= letters) return fit(text, letters);
  const digits = found[0].length, beside = Math.floor((letters - digits - 4) / 4); // on either side, in Chinese characters
  const start = Math.max(0, found.index - beside), end = Math.min(text.length, found.index + digits + beside);
  return `${start ? "…" : ""}${text.slice(start, end)}${end < text.length ? "…" : ""}`;
}

export async function chart(answer, place, choices) {
  const numbers = charted(answer);
  const others = answer.vars.map((name, index) => [name, index]).filter(([, index]) => !numbers.some(([, each]) => each === index));
  const distinct = ([, index]) => new Set(answer.rows.map((row) => row[index]?.value)).size;
  const readable = others.slice().sort((one, other) => distinct(other) - distinct(one))[0]; // what tells the rows apart best
  const names = (list) => list.map(([name]) => name);
  const state = {
    value: answer.vars.indexOf(choices.take("value", names(numbers), numbers[0][0])),
    label: answer.vars.indexOf(choices.take("label", [...names(others), NUMBERED], readable?.[0] ?? NUMBERED)),
    kind: choices.take("kind", ["bar", "line"], "bar"),
  };
  const drawing = h("div");
  const named = (list) => list.map(([name, index]) => [String(index), `?${name}`]);
  const set = (key) => (value) => {
    state[key] = key === "kind" ? value : Number(value);
    choices.set(key, key === "kind" ? value : answer.vars[value] ?? NUMBERED);
    draw();
  };
  const tools = h("div", { class: "tabletools" },
    choice(say("values"), named(numbers), String(state.value), set("value")),
    choice(say("labels"), [...named(others), ["-1", say("rowNumber")]], String(state.label), set("label")),
    choice(say("kind"), [["bar", say("bars")], ["line", say("line")]], state.kind, set("kind")));

  async function draw() {
    const rows = answer.rows.filter((row) => row[state.value]).slice(0, MOST);
    await wantNames(rows.map((row) => row[state.label]));
    const words = wordsOf(answer, state.value, rows, state.label);
    const points = rows.map((row, index) => ({
      amount: words < 0 ? String(Number(row[state.value].value)) : row[words].value,
      text: state.label < 0 ? String(index + 1) : spoken(row[state.label]),
      value: Number(row[state.value].value), row,
    }));
    const name = say("chartOf", { values: `?${answer.vars[state.value]}`, rows: points.length });
    const width = Math.max(300, Math.min(1240, place.clientWidth - 2));
    drawing.replaceChildren(
      h("p", { class: "meta" }, say(words < 0 ? "units" : "unitsWorded", { column: `?${answer.vars[words]}` })),
      state.kind === "bar" ? bars(points, width, name) : line(points, width, name),
      answer.rows.length > rows.length ? h("p", { class: "meta" }, say("first", { most: rows.length, all: answer.rows.length })) : "",
      h("details", {}, h("summary", {}, say("asTable")),
        tableOf([state.label < 0 ? "#" : `?${answer.vars[state.label]}`, `?${answer.vars[state.value]}`],
          points.map((point) => [state.label < 0 ? point.text : cellOf(point.row[state.label]), point.row[state.value].value]), name)));
  }

  place.replaceChildren(tools, drawing);
  await draw();
}

function bars(points, width, name) {
  const narrow = width < 600, left = narrow ? 8 : Math.min(260, width * 0.3);
  const letters = Math.floor((narrow ? width - 16 : left - 12) / 6.9); // on a narrow page each name stands above its bar
  const amounts = points.map((point) => about(point.amount, point.value, narrow ? 28 : 40));
  const room = Math.max(60, width - left - 16 - 6.6 * Math.max(4, ...amounts.map(wide)));
  const low = Math.min(0, ...points.map((point) => point.value)), high = Math.max(0, ...points.map((point) => point.value));
  const scale = room / (high - low || 1), zero = left + -low * scale;
  let height = 0;
  const drawn = points.map((point, index) => {
    const lines = lined(point.text, letters), top = height, names = 16 * lines.length;
    height += narrow ? names + 32 : Math.max(28, names + 10);
    const y = narrow ? top + names + 6 : top + (height - top - 18) / 2, x = Math.min(zero, zero + point.value * scale);
    const first = narrow ? top + 15 : (top + height) / 2 - names / 2 + 12;
    return s("g", {},
      s("title", { text: `${point.text} ${point.amount}` }),
      lines.map((text, at) => s("text", { x: narrow ? 8 : left - 8, y: first + 16 * at, "text-anchor": narrow ? null : "end" }, text)),
      s("rect", { class: "bar", x, y, width: Math.max(1, Math.abs(point.value) * scale), height: 18 }),
      s("text", { class: "amount", x: Math.max(zero, zero + point.value * scale) + 6, y: y + 13 }, amounts[index]));
  });
  return s("svg", { class: "chartview", role: "img", "aria-label": name, width, height: height + 4, viewBox: `0 0 ${width} ${height + 4}` },
    drawn, s("line", { class: "axis", x1: zero, x2: zero, y1: 0, y2: height + 4 }));
}

function line(points, width, name) {
  const height = 300, left = 64, bottom = 30;
  const values = points.map((point) => point.value), low = Math.min(0, ...values), high = Math.max(...values, low + 1e-9);
  const x = (index) => left + 10 + (index * (width - left - 40)) / Math.max(1, points.length - 1);
  const y = (value) => 12 + ((high - value) * (height - bottom - 12)) / (high - low);
  const every = Math.ceil(points.length / Math.max(1, Math.floor(width / 110)));
  return s("svg", { class: "chartview", role: "img", "aria-label": name, width, height, viewBox: `0 0 ${width} ${height}` },
    [low, (low + high) / 2, high].map((value) => s("g", {},
      s("line", { class: "rule", x1: left, x2: width - 10, y1: y(value), y2: y(value) }),
      s("text", { class: "amount", x: left - 6, y: y(value) + 4, "text-anchor": "end" }, Number(value.toPrecision(4)).toString()))),
    s("polyline", { class: "run", points: points.map((point, index) => `${x(index)},${y(point.value)}`).join(" ") }),
    points.map((point, index) => s("g", {},
      s("circle", { class: "dot", cx: x(index), cy: y(point.value), r: 4 }, s("title", { text: `${point.text} ${point.amount}` })),
      index % every ? null : s("text", { x: x(index), y: height - 8, "text-anchor": "middle" }, fit(point.text, 14)))));
}
