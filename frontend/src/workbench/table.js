// The answer as a table: sorted, filtered, columns chosen, in pages.
import { h, say } from "./dom.js";
import { cellOf, compare, spoken } from "./terms.js";
import { countedBy, rowsBehind } from "./counted.js";
import { claimsOf, wantNames } from "./names.js";

const PAGE = 50, LONGEST = 200;

export async function table(answer, place, choices) {
  const sort = choices.take("sort", answer.vars.flatMap((name) => [name, `-${name}`]), "");
  const { filter: words = "", hide = "" } = choices.of("table");
  const hidden = hide.split(",").map((name) => answer.vars.indexOf(name)).filter((index) => index >= 0);
  const state = { by: answer.vars.indexOf(sort.replace(/^-/, "")), down: sort.startsWith("-"), words, page: 0, hidden: new Set(hidden) };
  let rows = answer.rows, typing = 0;
  const claims = answer.form === "table" ? await (answer.claims ??= claimsOf(answer.query)) : {};
  const counted = answer.form === "table" ? await (answer.counted ??= countedBy(answer.query)) : { keys: [], queries: {} };
  const behind = (row, index) => row[index] ? rowsBehind(counted, answer.vars[index], (name) => row[answer.vars.indexOf(name)]) : "";
  const things = answer.vars.map((name) => answer.vars.indexOf(claims[name]));
  const status = h("span", { class: "meta", role: "status" });
  const part = h("p", { class: "meta" }, say("part"));
  const pages = h("span", { class: "pages" });
  const grid = h("table", { class: "grid" });
  const filter = h("input", { type: "search", value: words, maxlength: LONGEST, oninput: () => {
    state.words = filter.value;
    state.page = 0;
    clearTimeout(typing);
    typing = setTimeout(() => choices.set("filter", state.words.trim()), 300); // a browser refuses an address for each letter
    arrange();
  } });
  const columns = h("details", { class: "columns" }, h("summary", {}, say("columns")),
    h("div", {}, answer.vars.map((name, index) => h("label", {},
      h("input", { type: "checkbox", checked: !state.hidden.has(index), onchange: (event) => {
        if (event.target.checked) state.hidden.delete(index);
        else state.hidden.add(index);
        choices.set("hide", [...state.hidden].map((each) => answer.vars[each]).join(","));
        draw();
      } }), ` ?${name}`))));
  const tools = h("div", { class: "tabletools" }, h("label", {}, say("filter"), filter), columns, status, pages);

  /** Sorting and filtering read names, so all of them are asked for first. */
  async function arrange() {
    const asked = { ...state };
    await wantNames(answer.rows.flat());
    if (asked.words !== state.words || asked.by !== state.by || asked.down !== state.down) return;
    const words = state.words.trim().toLocaleLowerCase();
    rows = words
      ? answer.rows.filter((row) => row.some((term) => term && (term.value.toLocaleLowerCase().includes(words) || spoken(term).toLocaleLowerCase().includes(words))))
      : answer.rows.slice();
    if (state.by >= 0) {
      const sign = state.down ? -1 : 1;
      rows.sort((one, other) => {
        const [left, right] = [one[state.by], other[state.by]];
        return left && right ? sign * compare(left, right) : compare(left, right);
      });
    }
    await draw();
  }

  function heads() {
    return h("thead", {}, h("tr", {}, answer.vars.map((name, index) => state.hidden.has(index) ? null :
      h("th", { scope: "col", "aria-sort": state.by === index ? (state.down ? "descending" : "ascending") : null },
        h("button", { type: "button", class: "sort", "data-column": index, onclick: () => {
          if (state.by === index && state.down) [state.by, state.down] = [-1, false];
          else [state.by, state.down] = [index, state.by === index];
          state.page = 0;
          choices.set("sort", state.by < 0 ? "" : (state.down ? "-" : "") + answer.vars[state.by]);
          arrange().then(() => grid.querySelector(`[data-column="${index}"]`)?.focus());
        } }, `?${name}`, h("span", { "aria-hidden": "true", class: "arrow" }, state.by === index ? (state.down ? "▼" : "▲") : "↕"))))));
  }

  async function draw() {
    part.hidden = !state.hidden.size && !state.words.trim();
    const last = Math.max(0, Math.ceil(rows.length / PAGE) - 1);
    state.page = Math.min(state.page, last);
    const shown = rows.slice(state.page * PAGE, (state.page + 1) * PAGE);
    await wantNames(shown.flat());
    grid.replaceChildren(heads(), h("tbody", {}, shown.map((row) =>
      h("tr", {}, row.map((term, index) => state.hidden.has(index) ? null :
        h("td", { class: term && Number.isFinite(Number(term.value)) && term.datatype ? "n" : null }, cellOf(term, row[things[index]], behind(row, index))))))));
    const first = rows.length ? state.page * PAGE + 1 : 0;
    status.textContent = say(rows.length === answer.rows.length ? "shown" : "shownOf", {
      first, last: first + shown.length - (shown.length ? 1 : 0), rows: rows.length, all: answer.rows.length,
    });
    const turn = (to, text, key) => h("button", { type: "button", class: "quiet", disabled: to < 0 || to > last || to === state.page, "data-key": key,
      onclick: () => { state.page = to; draw().then(() => (pages.querySelector(`[data-key=${key}]:enabled`) ?? pages.querySelector("button:enabled"))?.focus()); } }, text);
    pages.replaceChildren(...(last ? [turn(0, say("firstPage"), "first"), turn(state.page - 1, say("before"), "before"),
      h("span", { class: "meta" }, `${state.page + 1} / ${last + 1}`), turn(state.page + 1, say("next"), "next"), turn(last, say("lastPage"), "last")] : []));
  }

  if (sort || words) await arrange();
  else await draw();
  place.replaceChildren(tools, part, h("div", { class: "scroll", role: "region", tabindex: "0", "aria-label": say("table") }, grid));
}
