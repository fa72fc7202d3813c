// The page /sparql/embed: the views of an answer, without an editor.
import { ask } from "./workbench/run.js";
import { show } from "./workbench/results.js";

const given = new URLSearchParams(location.search), place = document.getElementById("shown");
try {
  const answer = await ask(given.get("query") ?? "");
  if (answer.rows.length) {
    await show(answer, place, given.get("view") ?? "table");
  }
} catch { /* the server's own words stand there */ }
