// The reader without loading the page again: marks open beside the text, kinds of marks are put away at once, the
// contents follow the text, keys lead from statement to statement. Without this module links and forms do the same.
import { followContents } from "./reader/contents.js";
import { offerAddress } from "./reader/selection.js";

const parser = new DOMParser();
const find = (selector, inside = document) => inside.querySelector(selector);
const article = () => find("article.official");
const form = find("form.key");
const follow = followContents();
let shown = location.search;

async function open(href, push) {
  const answer = await fetch(href, { headers: { Accept: "text/html" } });
  if (!answer.ok) throw new Error(`${answer.status}`);
  const page = parser.parseFromString(await answer.text(), "text/html");
  for (const selector of ["#panel", "article.official"]) {
    find(selector).replaceWith(document.adoptNode(find(selector, page)));
  }
  find(".cols").className = find(".cols", page).className;
  const kept = find("input[name=show]", page);
  find("input[name=show]", form)?.remove();
  if (kept) form.append(document.adoptNode(kept));
  if (push) history.pushState({}, "", href);
  shown = location.search;
  follow();
}

function show(href) {
  const target = new URL(href, location.href);
  open(target.href, true)
    .then(() => {
      const mark = document.getElementById(target.hash.slice(1));
      mark?.focus({ preventScroll: true });
      mark?.scrollIntoView({ block: "nearest" });
    })
    .catch(() => location.assign(target.href));
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("article a.m, #panel a[data-close], #panel .list a, #panel .near a");
  if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  if (new URL(link.href).pathname !== location.pathname || !getSelection().isCollapsed) return;
  event.preventDefault();
  show(link.href);
});
addEventListener("popstate", () => {
  if (location.search !== shown) open(location.href, false).catch(() => location.reload()); // not for a mere #place
});

// n and p work where a mark or the panel has the focus, so that no single key does anything elsewhere (WCAG 2.1.4).
document.addEventListener("keydown", (event) => {
  const from = event.target.closest("article a.m, #panel");
  if (!from || event.metaKey || event.ctrlKey || event.altKey || !["n", "p", "Escape"].includes(event.key)) return;
  if (event.key === "Escape") return void find("#panel a[data-close]")?.click();
  const after = event.key === "n";
  if (from.id === "panel" || from.hasAttribute("aria-current")) {
    return void find(`#panel a[rel=${after ? "next" : "prev"}]`)?.click();
  }
  const kind = from.getAttribute("aria-describedby");
  const alike = [...article().querySelectorAll(`a.m[aria-describedby=${kind}]`)];
  const next = alike[alike.indexOf(from) + (after ? 1 : -1)];
  if (next) show(next.href);
});

form.classList.add("live");
form.addEventListener("change", () => {
  for (const box of form.querySelectorAll("input[type=checkbox]")) {
    article().classList.toggle(`without-${box.value}`, !box.checked);
  }
  open(`${location.pathname}?${new URLSearchParams(new FormData(form))}`, true).catch(() => form.submit());
});

offerAddress(article);
if (!location.hash) find("[aria-current]", article())?.scrollIntoView({ block: "center" }); // an address without a place
