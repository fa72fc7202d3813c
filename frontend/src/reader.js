// Opens the panel of a mark without loading the page again; without this module the links do the same.
const parser = new DOMParser();

async function open(href, push) {
  const answer = await fetch(href, { headers: { Accept: "text/html" } });
  if (!answer.ok) throw new Error(`${answer.status}`);
  const page = parser.parseFromString(await answer.text(), "text/html");
  for (const selector of ["#panel", "article"]) {
    document.querySelector(selector).replaceWith(document.adoptNode(page.querySelector(selector)));
  }
  document.querySelector(".cols").className = page.querySelector(".cols").className;
  if (push) history.pushState({}, "", href);
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("article a.m, #panel a[data-close], #panel .list a");
  if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const target = new URL(link.href);
  if (target.pathname !== location.pathname) return;
  event.preventDefault();
  open(link.href, true)
    .then(() => {
      const mark = document.getElementById(target.hash.slice(1));
      mark?.focus({ preventScroll: true });
      mark?.scrollIntoView({ block: "nearest" });
    })
    .catch(() => location.assign(link.href));
});
addEventListener("popstate", () => open(location.href, false).catch(() => location.reload()));
