// The views of an answer: those that its columns allow, as tabs.
import { h, say } from "./dom.js";
import { chart, charted } from "./chart.js";
import { dated, timeline } from "./timeline.js";
import { linked, network } from "./network.js";
import { map, placed } from "./map.js";
import { asFile } from "./picture.js";
import { send } from "./run.js";
import { table } from "./table.js";

const MOST_TEXT = 200_000;
const VIEWS = [
  ["table", table, () => true],
  ["chart", chart, (answer) => answer.form === "table" && charted(answer).length > 0],
  ["network", network, linked],
  ["map", map, placed],
  ["timeline", timeline, (answer) => answer.form === "table" && dated(answer).length > 0],
  ["raw", raw, () => true],
];

const DRAWN = new Set(["chart", "network", "timeline"]); // the map brings its own files

/** Shows an answer that has rows in a place, in the view and in the way that was chosen. */
export async function show(answer, place, choices) {
  const offered = VIEWS.filter(([, , allowed]) => allowed(answer));
  if (!offered.some(([name]) => name === choices.view)) choices.view = "table";
  const { view } = choices;
  const panel = h("div", { role: "tabpanel", id: "view", "aria-labelledby": `view-${view}` });
  const tabs = offered.map(([name]) => h("button", { type: "button", role: "tab", id: `view-${name}`, "aria-controls": "view", onclick: () => choose(name) }, say(name)));
  const list = h("div", { role: "tablist", class: "views", "aria-label": say("views"), onkeydown: (event) => {
    const at = tabs.indexOf(event.target), step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const to = event.key === "Home" ? 0 : event.key === "End" ? tabs.length - 1 : step && (at + step + tabs.length) % tabs.length;
    if (to === undefined) return;
    event.preventDefault();
    tabs[to].focus();
    choose(offered[to][0]);
  } }, tabs);

  async function choose(name) {
    choices.view = name;
    choices.changed();
    await draw(name);
  }

  async function draw(name) {
    tabs.forEach((tab, index) => {
      tab.setAttribute("aria-selected", String(offered[index][0] === name));
      tab.tabIndex = offered[index][0] === name ? 0 : -1;
    });
    panel.setAttribute("aria-labelledby", `view-${name}`);
    await offered.find(([each]) => each === name)[1](answer, panel, choices);
    if (DRAWN.has(name)) panel.append(asFile(panel, name));
  }

  const ready = h("div", {}, list, panel);
  if (view === "table") await draw(view); // drawn before it is shown: nothing moves
  place.replaceChildren(ready);
  if (view !== "table") await draw(view); // drawings ask how wide their place is
}

async function raw(answer, place, choices) {
  let text = answer.text;
  if (answer.form === "graph") text = answer.text ||= await (await send(answer.query, "text/turtle")).text();
  else text = JSON.stringify(JSON.parse(text), null, 1);
  const { hide, filter } = choices.of("table");
  place.replaceChildren(hide || filter ? h("p", { class: "meta" }, say("part")) : "",
    h("pre", { class: "code tall", tabindex: "0", role: "region", "aria-label": say("raw") }, text.slice(0, MOST_TEXT)),
    text.length > MOST_TEXT ? h("p", { class: "meta" }, say("cutText")) : "");
}
