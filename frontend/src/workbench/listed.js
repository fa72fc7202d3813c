// The list of completions, for those who come to it by another way than the editor's own keys. As with a combobox the
// editor keeps the focus and tells which entry is chosen (aria-activedescendant). But a text of many lines stays a
// textbox, and then a list that scrolls must be one that can have the focus (axe: scrollable-region-focusable).
import { EditorView, keymap, runScopeHandlers } from "@codemirror/view";
import { closeCompletion } from "@codemirror/autocomplete";

const LIST = "[role=listbox]";
const ALONE = new Set(["Tab", "Shift", "Control", "Alt", "Meta"]);

export const listed = [
  EditorView.updateListener.of(({ view }) => view.dom.querySelector(LIST)?.setAttribute("tabindex", "0")),
  keymap.of([{ key: "Tab", run: (view) => (closeCompletion(view), false) }]), // the list goes: Tab leaves the editor, as ever
];

/** Keys pressed on a list that has the focus go to the editor, which takes it back; a list that is left is closed. */
export function reachable(view) {
  view.dom.addEventListener("keydown", (event) => {
    if (!event.target.closest(LIST) || ALONE.has(event.key)) return;
    view.focus();
    if (runScopeHandlers(view, event, "editor")) event.preventDefault();
  });
  view.dom.addEventListener("focusout", (event) => {
    if (event.target.closest(LIST) && !view.dom.contains(event.relatedTarget)) closeCompletion(view);
  });
}
