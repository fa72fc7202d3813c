// Suggestions under every search box: a combobox with a listbox (ARIA 1.2). Without this module the form goes to its page.
import "./menu.js";

const WAIT = 120;
let count = 0;

for (const input of document.querySelectorAll('form[role="search"][action="/search"] input[name="q"], form[role="search"][action="/ask"] input[name="q"]')) {
  enhance(input);
}

function enhance(input) {
  const id = `suggestions-${++count}`;
  const list = make("div", { id, class: "suggestions", role: "listbox", hidden: "" });
  const said = make("p", { class: "sr", role: "status" });
  input.form.classList.add("suggesting");
  input.form.append(list, said);
  for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": id })) {
    input.setAttribute(name, value);
  }

  let timer = 0;
  let request = null;
  let composing = false;
  let current = -1;
  let asked = "";

  const options = () => [...list.querySelectorAll('[role="option"]')];

  function close() {
    clearTimeout(timer);
    request?.abort();
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    choose(-1);
  }

  function choose(place) {
    current = place;
    for (const [at, option] of options().entries()) option.setAttribute("aria-selected", String(at === place));
    const option = options()[place];
    if (option) {
      input.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else input.removeAttribute("aria-activedescendant");
  }

  function later() {
    clearTimeout(timer);
    if (composing) return;
    const words = input.value.trim();
    if (!words) return close();
    timer = setTimeout(() => look(words), WAIT);
  }

  async function look(words) {
    request?.abort();
    const mine = (request = new AbortController());
    asked = words;
    try {
      const language = document.documentElement.lang.startsWith("zh") ? "zh" : "en";
      const answer = await fetch(`/suggest?${new URLSearchParams({ q: words, lang: language })}`, { signal: mine.signal, headers: { Accept: "application/json" } });
      if (!answer.ok) return close();
      const told = await answer.json();
      if (!mine.signal.aborted && document.activeElement === input) show(told);
    } catch (error) {
      if (error.name !== "AbortError") close();
    }
  }

  function show(told) {
    list.replaceChildren();
    list.setAttribute("aria-label", told.label);
    let number = 0;
    const add = (parent, url, ...parts) => {
      const option = make("a", { id: `${id}-${number++}`, role: "option", "aria-selected": "false", tabindex: "-1", href: url });
      option.append(...parts);
      parent.append(option);
    };
    for (const [place, group] of told.groups.entries()) {
      const head = make("div", { id: `${id}-g${place}`, class: "kind", role: "presentation" }, group.title);
      const part = make("div", { role: "group", "aria-labelledby": head.id });
      part.append(head);
      for (const hit of group.hits) {
        const words = make("span", { class: "words", ...(chinese(hit.cuts) ? { lang: "zh-CN" } : {}) });
        if (hit.number) words.append(make("span", { class: "no" }, hit.number), " ");
        for (const [text, mark] of hit.cuts) words.append(mark ? make("mark", { class: "hit" }, text) : text);
        const notes = [hit.note, hit.missed].filter(Boolean).map((text) => make("small", /[一-鿿]/.test(text) ? { lang: "zh-CN" } : {}, text));
        add(part, hit.url, words, ...notes);
      }
      list.append(part);
    }
    add(list, told.all.url, make("span", { class: "words" }, `${told.all.text}: ${asked}`));
    said.textContent = told.groups.length ? `${told.label}: ${number}` : told.none;
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    choose(-1);
  }

  input.addEventListener("compositionstart", () => {
    composing = true;
    clearTimeout(timer);
    request?.abort();
  });
  input.addEventListener("compositionend", () => {
    composing = false;
    later();
  });
  input.addEventListener("input", later);
  input.addEventListener("keydown", (event) => {
    if (composing || event.isComposing) return;
    const last = options().length - 1;
    if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      close();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) return later();
      const step = event.key === "ArrowDown" ? current + 1 : current - 1;
      choose(step > last ? -1 : step < -1 ? last : step);
    } else if (event.key === "Enter" && current >= 0 && !list.hidden) {
      event.preventDefault();
      location.assign(options()[current].href);
    } else if (event.key === "Tab") close();
  });
  input.addEventListener("blur", () => setTimeout(() => list.contains(document.activeElement) || close(), 150));
  list.addEventListener("mousedown", (event) => event.preventDefault());
}

function make(name, attributes, text) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  if (text !== undefined) element.textContent = text;
  return element;
}

function chinese(cuts) {
  return document.documentElement.lang === "en" && cuts.some(([text]) => /[一-鿿]/.test(text));
}
