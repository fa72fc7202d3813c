// Draws observations from a CSV of the reader's own against the targets. Nothing is sent: no fetch, no storage.
import { decode, read } from "./observations/lines.js";
import { clear, draw } from "./observations/marks.js";

const MOST_BYTES = 1 << 20;
const part = document.getElementById("observations");
if (part) start(part);

function start(part) {
  const form = part.querySelector("form");
  const [file, pasted] = [form.querySelector("[type=file]"), form.querySelector("textarea")];
  const targets = [...document.querySelectorAll("#drawn li[data-node]")].map((item) => ({
    item,
    names: new Set([...JSON.parse(item.dataset.names), item.dataset.indicator]),
    units: new Set(JSON.parse(item.dataset.units)),
    unit: item.dataset.unit,
  }));
  form.querySelector("fieldset").disabled = false;

  const words = pasted.placeholder.split(",");
  const called = Object.fromEntries(
    ["indicator", "year", "value", "unit", "source"].map((key, at) => [key, words[at]]),
  );
  const say = (name, values = {}) =>
    part.dataset[name].replace(/\{(\w+)\}/g, (_, key) => values[key] ?? "");

  function show(text) {
    reset();
    const { good, bad, blank } = read(text, targets, say, called);
    const drawn = good.flatMap((seen) => draw(seen, say));
    fill(part.querySelector("tbody"), once(drawn));
    part.querySelector(".scroll").hidden = !drawn.length;
    for (const legend of document.querySelectorAll("[data-seen]")) legend.hidden = !drawn.length;
    const refused = part.querySelector(".refused");
    for (const words of bad) refused.append(element("li", words));
    part.querySelector(".told").textContent =
      good.length || bad.length || blank
        ? say("done", { good: good.length, bad: bad.length, blank })
        : say("empty");
  }

  function reset() {
    clear(targets);
    part.querySelector("tbody").replaceChildren();
    part.querySelector(".refused").replaceChildren();
    part.querySelector(".scroll").hidden = true;
    for (const legend of document.querySelectorAll("[data-seen]")) legend.hidden = true;
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    show(pasted.value);
  });
  form.addEventListener("reset", () => {
    reset();
    part.querySelector(".told").textContent = say("cleared");
  });
  file.addEventListener("change", async () => {
    const [chosen] = file.files;
    if (!chosen) return;
    if (chosen.size > MOST_BYTES) {
      reset();
      part.querySelector(".told").textContent = say("large");
      return;
    }
    pasted.value = decode(await chosen.arrayBuffer());
    show(pasted.value);
  });
}

// By sector, a target may be drawn in several places; the table names it once for each observation.
function once(drawn) {
  const key = ({ seen, target }) => `${target.item.dataset.node} ${target.item.dataset.indicator} ${seen.line}`;
  return [...new Map(drawn.map((each) => [key(each), each])).values()];
}

function fill(body, drawn) {
  for (const { seen, target, note } of drawn) {
    const row = document.createElement("tr");
    const name = element("th", "");
    name.scope = "row";
    name.append(target.item.querySelector(".what a").cloneNode(true));
    const value = element("td", seen.value);
    value.className = "n";
    const words = element("td", target.item.dataset.words);
    words.lang = "zh-CN";
    row.append(name, element("td", seen.year), value, element("td", target.unit), element("td", seen.source));
    row.append(words, element("td", note || "◆"));
    body.append(row);
  }
}

function element(tag, words) {
  const made = document.createElement(tag);
  made.textContent = words;
  return made;
}
