// The page /sparql/embed: the views of an answer, without an editor.
import { ask } from "./workbench/run.js";
import { Choices } from "./workbench/choices.js";
import { show } from "./workbench/results.js";

const given = new URLSearchParams(location.search), place = document.getElementById("shown");
try {
  const answer = await ask(given.get("query") ?? "");
  if (answer.rows.length) await show(answer, place, new Choices(given));
} catch { /* the server's own words stand there */ }
