// The SPARQL page: an editor in the place of the <textarea>, answers in the place of the server's, and what was done
// kept in this browser. Without this module the form asks the server for the same answers.
import { cut, h, language, say } from "./workbench/dom.js";
import { edit } from "./workbench/editor.js";
import { loadTerms } from "./workbench/complete.js";
import { Choices } from "./workbench/choices.js";
import { Kept } from "./workbench/keep.js";
import { address, ask } from "./workbench/run.js";
import { show } from "./workbench/results.js";
import { summary } from "./workbench/scan.js";
import { unfolded, ways } from "./workbench/share.js";

const find = (selector) => document.querySelector(selector);
const form = find("#ask"), area = find("#query"), place = find("#shown"), status = find("#status");
const [runButton, stopButton] = [find("#run"), find("#stop")];
const kept = new Kept();
let running = null;
const choices = new Choices(new URLSearchParams(location.search), () => {
  remember(choices.query);
  if (find("#share").open) drawShare();
});

const editor = edit(area, {
  nonce: find("meta[name=csp-nonce]").nonce,
  run: () => run(),
  changed: (text) => {
    if (!kept.tab) return;
    kept.tab.query = text;
    kept.save();
    if (find("#share").open) drawShare();
  },
});
find("label[for=query]").addEventListener("click", () => editor.view.focus());

// ── the queries that are open ──

function drawTabs(focused = false) {
  const list = find("#tabs");
  list.replaceChildren(...kept.tabs.map((tab, index) => h("li", {},
    h("button", { type: "button", class: "tab", "aria-current": index === kept.active ? "true" : null, onclick: () => turnTo(index) }, cut(tab.name, 24)))));
  find("#closetab").disabled = kept.tabs.length < 2;
  if (focused) list.querySelector("[aria-current]")?.focus();
}

function turnTo(index) {
  kept.active = index;
  kept.save();
  editor.open(kept.tab.query);
  drawTabs(true);
}

function fresh() {
  const taken = new Set(kept.tabs.map(({ name }) => name));
  let number = 1;
  while (taken.has(say("untitled", { number }))) number += 1;
  return say("untitled", { number });
}

function openQuery(query) {
  const at = kept.tabs.findIndex((tab) => tab.query === query);
  if (at >= 0) kept.active = at;
  else kept.add(fresh(), query);
  kept.save();
  editor.open(query);
  drawTabs();
}

find("#newtab").addEventListener("click", () => {
  kept.add(fresh(), find("#workbench").dataset.prologue);
  turnTo(kept.active);
  editor.goto(editor.view.state.doc.lines, 1);
});
find("#closetab").addEventListener("click", () => {
  kept.close();
  turnTo(kept.active);
});
find("#renametab").addEventListener("click", () => {
  const input = h("input", { value: kept.tab.name, "aria-label": say("rename"), maxlength: "60" });
  let done = false;
  const end = (take) => {
    if (done) return;
    done = true;
    if (take && input.value.trim()) kept.tab.name = input.value.trim();
    kept.save();
    drawTabs(true);
  };
  input.addEventListener("keydown", (event) => {
    if (event.isComposing || !["Enter", "Escape"].includes(event.key)) return;
    event.preventDefault();
    end(event.key === "Enter");
  });
  input.addEventListener("blur", () => end(true));
  find("#tabs [aria-current]").replaceWith(input);
  input.select();
});

// ── running ──

function busy(on) {
  runButton.disabled = on;
  stopButton.disabled = !on;
  place.setAttribute("aria-busy", String(on));
}

async function run() {
  const query = editor.text;
  if (!query.trim() || running) return;
  running = new AbortController();
  choices.query = query;
  const begun = performance.now();
  busy(true);
  editor.fault(null);
  const tick = () => { status.textContent = say("running", { seconds: ((performance.now() - begun) / 1000).toFixed(1) }); };
  const clock = setInterval(tick, 200);
  try {
    const answer = await ask(query, running.signal);
    clearInterval(clock);
    kept.ran(query, answer.milliseconds, answer.form === "verdict" ? null : answer.rows.length);
    await draw(answer);
  } catch (error) {
    clearInterval(clock);
    failed(error);
  } finally {
    clearInterval(clock);
    running = null;
    busy(false);
    remember(query);
    drawHistory();
  }
}

function remember(query) {
  const asked = new URLSearchParams(location.search);
  const lang = asked.has("lang") ? { lang: asked.get("lang") } : {};
  const url = address(query, { ...choices.parameters, ...lang });
  if (url.length < 60_000) window.history.replaceState(null, "", url);
}

const unit = (name, digits) => new Intl.NumberFormat(language, { style: "unit", unit: name, maximumFractionDigits: digits });
const [thousandths, seconds] = [unit("millisecond", 0), unit("second", 2)];
const time = (milliseconds) => milliseconds < 1000 ? thousandths.format(milliseconds) : seconds.format(milliseconds / 1000);

function headline(answer) {
  const amount = answer.form === "verdict" ? "" : `${say(answer.form === "graph" ? "triples" : answer.rows.length === 1 ? "oneRow" : "rows", { rows: answer.rows.length.toLocaleString(language) })} · `;
  return `${amount}${time(answer.milliseconds)}`;
}

function links(answer) {
  const offered = answer.form === "graph"
    ? [["Turtle", "turtle"], ["N-Triples", "ntriples"], ["RDF/XML", "rdfxml"], ["JSON-LD", "jsonld"]]
    : answer.form === "verdict" ? [["JSON", "json"], ["XML", "xml"]] : [["TSV", "tsv"], ["JSON", "json"], ["XML", "xml"]];
  const query = new URLSearchParams({ query: answer.query });
  const files = answer.form === "table" ? [["CSV", `/workbench/result.csv?${query}`], ["XLSX", `/workbench/result.xlsx?${query}`]] : [];
  return h("p", { class: "downloads" }, `${say("download")} `,
    [...files, ...offered.map(([name, format]) => [name, address(answer.query, { format })])].map(([name, href]) => [h("a", { href, download: name.includes("SV") || name === "XLSX" }, name), " "]),
    h("a", { class: "keep", href: `/frozen/new?${query}` }, say("keep")));
}

async function draw(answer) {
  status.textContent = headline(answer);
  const body = h("div");
  const result = [links(answer), body];
  if (answer.form === "verdict") {
    body.append(h("p", { class: "verdict" }, say(answer.verdict ? "yes" : "no")));
    if (!answer.verdict) body.append(await empty(answer.query));
  } else if (!answer.rows.length) body.append(await empty(answer.query));
  else {
    if (choices.view !== "table") place.replaceChildren(...result); // drawings ask how wide their place is
    await show(answer, body, choices);
  }
  place.replaceChildren(...result);
}

async function empty(query) {
  const told = h("div", { class: "empty" }, h("p", {}, say("empty")));
  try {
    const answer = await fetch(`/workbench/why?${new URLSearchParams({ query })}`);
    if (!answer.ok) return told;
    const found = await answer.json();
    for (const each of [found, ...found.also]) {
      told.append(h("p", { class: "why" }, each.told, each.hint && ` ${each.hint}`));
      if (!each.words) continue;
      told.append(h("pre", { class: "code", tabindex: "0", role: "region", "aria-label": `${say("condition")} ${each.line}` }, each.words),
        h("button", { type: "button", class: "quiet", onclick: () => editor.goto(each.line, each.column) }, say("goto", { line: each.line })));
    }
  } catch { /* the answer stays empty without a reason */ }
  return told;
}

function failed(error) {
  if (error.name === "AbortError") {
    status.textContent = say("stopped");
    place.replaceChildren(h("p", { class: "empty" }, say("stoppedLong")));
    return;
  }
  status.textContent = "";
  const message = error.status === undefined ? say("unreachable") : error.message;
  editor.fault(error.line ? { line: error.line, column: error.column, message } : null);
  place.replaceChildren(h("p", { class: "problem", role: "alert" }, message, error.line ? ` (${say("at", { line: error.line, column: error.column })})` : ""),
    error.line ? h("button", { type: "button", class: "quiet", onclick: () => editor.goto(error.line, error.column) }, say("goto", { line: error.line })) : "",
    editor.wide.length ? h("button", { type: "button", class: "quiet", onclick: () => { editor.narrow(); run(); } }, say("narrow")) : "");
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  run();
});
stopButton.addEventListener("click", () => {
  running?.abort();
  runButton.focus();
});
editor.view.dom.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && running) running.abort();
});

// ── history and sharing ──

function drawHistory() {
  const list = find("#past");
  const when = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "short", timeStyle: "short" });
  list.replaceChildren(...kept.history.map((each, index) => {
    const text = summary(each.query);
    return h("li", {},
      h("button", { type: "button", class: "past", onclick: () => { openQuery(each.query); editor.view.focus(); } }, cut(text, 120)),
      h("small", {}, `${when.format(each.when)} · ${each.rows == null ? "" : `${say(each.rows === 1 ? "oneRow" : "rows", { rows: each.rows })} · `}${time(each.milliseconds)}`),
      h("button", { type: "button", class: "quiet", "aria-label": say("forget", { query: cut(text, 40) }), onclick: () => {
        kept.forget(index);
        drawHistory();
        (list.querySelectorAll("button.past")[index] ?? find("#history summary")).focus();
      } }, "×"));
  }));
  find("#nopast").hidden = kept.history.length > 0;
}

find("#clear").addEventListener("click", () => {
  kept.clear();
  drawTabs();
  drawHistory();
  find("#history summary").focus();
});

async function drawShare() {
  find("#sharetext").textContent = await ways[find("#sharekind").value](editor.text, editor.text === choices.query ? choices.parameters : {});
  find("#copied").textContent = "";
}
find("#share").addEventListener("toggle", drawShare);
find("#sharekind").addEventListener("change", drawShare);
find("#copy").addEventListener("click", async () => {
  const text = find("#sharetext");
  try {
    await navigator.clipboard.writeText(text.textContent);
    find("#copied").textContent = say("copied");
  } catch {
    getSelection().selectAllChildren(text); // where the clipboard is not allowed, Ctrl-C does it
    find("#copied").textContent = say("copyByHand");
  }
});

// ── the beginning ──

const given = new URLSearchParams(location.search);
const folded = await unfolded(location.hash);
if (folded) openQuery(folded);
else if (given.has("query") || given.has("question") || !kept.tabs.length) openQuery(area.value);
else editor.open(kept.tab.query);
drawTabs();
drawHistory();
for (const part of document.querySelectorAll("#workbench [disabled][data-ready]")) part.disabled = false;
find("#closetab").disabled = kept.tabs.length < 2;
loadTerms();
const problem = find("#shown .problem"); // the server has told it already
if (problem?.dataset.line > 0) editor.fault({ line: Number(problem.dataset.line), column: Number(problem.dataset.column), message: problem.textContent });
if (!problem && given.get("query")?.trim()) run();
