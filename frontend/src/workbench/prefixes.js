// A prefix that everybody knows is declared when it is first written: skos: adds its PREFIX line, and one undo takes
// both away.
import { EditorState } from "@codemirror/state";
import { prefixes } from "./dom.js";
import { declared, tokens } from "./scan.js";

/** The PREFIX lines that the names within these ranges lack, and where they go. */
export function lacking(text, ranges) {
  const list = tokens(text), own = declared(list), wanted = new Set();
  list.forEach((token, index) => {
    if (token.kind !== "name" || /^prefix$/i.test(list[index - 1]?.text ?? "")) return;
    const prefix = token.text.slice(0, token.text.indexOf(":"));
    const touched = ranges.some(([from, to]) => token.from <= to && token.to >= from);
    if (touched && prefix in prefixes && !(prefix in own)) wanted.add(prefix);
  });
  let at = 0;
  list.forEach((token, index) => {
    if (/^(prefix|base)$/i.test(token.text)) at = Math.max(at, list[index + (/^base$/i.test(token.text) ? 1 : 2)]?.to ?? 0);
  });
  const insert = [...wanted].map((prefix) => `PREFIX ${prefix}: <${prefixes[prefix]}>`).join("\n");
  return { at, insert: insert && (at ? `\n${insert}` : `${insert}\n`) };
}

export const addsPrefixes = EditorState.transactionFilter.of((change) => {
  const typed = ["input.type", "input.complete", "input.paste"].some((event) => change.isUserEvent(event));
  if (!change.docChanged || !typed || change.isUserEvent("input.type.compose")) return change;
  const ranges = [];
  let colon = false;
  change.changes.iterChanges((_from, _to, from, to, inserted) => {
    ranges.push([from, to]);
    colon ||= inserted.toString().includes(":");
  });
  if (!colon) return change;
  const { at, insert } = lacking(change.newDoc.toString(), ranges);
  return insert ? [change, { changes: { from: at, insert }, sequential: true }] : change;
});
