// The places of an answer on a map. The server knows where they lie and draws it: /sparql/map, which is a page as well.
import { prefixes, say, h } from "./dom.js";

/** Whether an answer names places. */
export const placed = (answer) => answer.form === "table" && answer.rows.some((row) => row.some((term) => term?.type === "uri" && term.value.startsWith(`${prefixes.id}place/`)));

export async function map(answer, place, choices) {
  const draw = async (wish) => {
    const lang = new URLSearchParams(location.search).get("lang");
    const reply = await fetch(`/sparql/map?${new URLSearchParams({ ...wish, query: answer.query, ...(lang ? { lang } : {}) })}`, { headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await reply.text(), "text/html");
    const drawn = page.getElementById("map");
    if (!drawn) return place.replaceChildren(h("p", { class: "problem", role: "alert" }, page.querySelector("main")?.innerText ?? say("failed", { status: reply.status })));
    const form = drawn.querySelector("form");
    form?.querySelector("button").remove();
    form?.addEventListener("change", async (event) => {
      const { name, value } = event.target;
      choices.set(name, value);
      await draw(Object.fromEntries(new FormData(form)));
      place.querySelector(`select[name="${name}"]`)?.focus();
    });
    place.replaceChildren(drawn);
  };
  await draw(choices.of("map"));
}
