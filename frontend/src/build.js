// The query grows as one ticks: the form's own address is fetched and takes the place of this page's form and outcome.
const parser = new DOMParser();
let request = null;
let timer = 0;

async function renew(href, push) {
  request?.abort();
  const mine = (request = new AbortController());
  const answer = await fetch(href, { signal: mine.signal, headers: { Accept: "text/html" } });
  const page = parser.parseFromString(await answer.text(), "text/html");
  const fresh = page.querySelector(".builder");
  if (!answer.ok || !fresh) return location.assign(href);
  const held = document.activeElement;
  const mark = held?.name && `[name="${CSS.escape(held.name)}"]${held.type === "checkbox" ? `[value="${CSS.escape(held.value)}"]` : ""}`;
  document.querySelector(".builder").replaceWith(document.adoptNode(fresh));
  if (mark) document.querySelector(`#build ${mark}`)?.focus({ preventScroll: true });
  if (push) history.pushState({}, "", href);
}

function address(form) {
  const told = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    const idle = name.startsWith("o.") && !form.elements[`v.${name.slice(2)}`]?.value;
    if (value !== "" && !idle) told.append(name, value);
  }
  return `/build?${told}`;
}

function changed(form, wait) {
  clearTimeout(timer);
  timer = setTimeout(() => renew(address(form), true).catch((error) => error.name !== "AbortError" && form.submit()), wait);
}

document.addEventListener("change", (event) => {
  const form = event.target.closest("#build");
  if (!form) return;
  if (event.target.name === "class") location.assign(`/build?class=${encodeURIComponent(event.target.value)}`);
  else changed(form, 50);
});
document.addEventListener("submit", (event) => {
  if (event.target.id !== "build") return;
  event.preventDefault();
  changed(event.target, 0);
});
addEventListener("popstate", () => renew(location.href, false).catch(() => location.reload()));
