// CodeMirror 6 over the plain <textarea>, which keeps the text for the form.
import { EditorView, drawSelection, highlightActiveLine, highlightSpecialChars, keymap, lineNumbers } from "@codemirror/view";
import { EditorState, Prec } from "@codemirror/state";
import { defaultKeymap, history, historyKeymap, toggleComment } from "@codemirror/commands";
import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { HighlightStyle, LanguageSupport, bracketMatching, indentOnInput, syntaxHighlighting } from "@codemirror/language";
import { lintGutter, lintKeymap, setDiagnostics } from "@codemirror/lint";
import { styleTags, tags } from "@lezer/highlight";
import { SparqlLanguage } from "codemirror-lang-sparql";
import { complete } from "./complete.js";
import { language, say } from "./dom.js";
import { listed, reachable } from "./listed.js";
import { addsPrefixes } from "./prefixes.js";
import { fullWidth } from "./scan.js";

const sparql = new LanguageSupport(SparqlLanguage.configure({
  props: [styleTags({ "Pname_ln Pname_ns": tags.propertyName, A_predicate: tags.keyword, Langtag: tags.annotation })],
}), [SparqlLanguage.data.of({ commentTokens: { line: "#" } })]);
const colours = HighlightStyle.define([
  { tag: tags.keyword, color: "var(--goal)", fontWeight: "600" },
  { tag: tags.variableName, color: "var(--link)" },
  { tag: [tags.propertyName, tags.namespace], color: "var(--term)" },
  { tag: tags.string, color: "var(--accent)" },
  { tag: tags.number, color: "var(--place)" },
  { tag: [tags.annotation, tags.comment], color: "var(--soft)" },
]);
const theme = EditorView.theme({
  "&": { height: "100%", backgroundColor: "var(--paper)", color: "var(--ink)", border: "1px solid var(--soft)" },
  "&.cm-focused": { outline: "3px solid var(--focus)", outlineOffset: "1px" },
  ".cm-scroller": { font: '.92rem/1.6 ui-monospace, "Noto Sans Mono CJK SC", monospace' },
  ".cm-content": { caretColor: "var(--ink)" },
  ".cm-cursor": { borderLeftColor: "var(--ink)", borderLeftWidth: "2px" },
  ".cm-gutters": { backgroundColor: "var(--tint)", color: "var(--soft)", borderRight: "1px solid var(--line)" },
  ".cm-activeLine": { backgroundColor: "color-mix(in srgb, var(--tint) 55%, transparent)" },
  ".cm-activeLineGutter": { backgroundColor: "var(--tint)", color: "var(--ink)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": { backgroundColor: "color-mix(in srgb, var(--link) 28%, transparent)" },
  "&.cm-focused .cm-matchingBracket": { backgroundColor: "var(--shown)", outline: "1px solid var(--soft)" },
  ".cm-tooltip": { backgroundColor: "var(--paper)", color: "var(--ink)", border: "1px solid var(--soft)", maxWidth: "min(40rem, 94vw)" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: "inherit", maxHeight: "17em" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { padding: "3px 8px", minHeight: "24px", lineHeight: "1.5" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > completion-section": { padding: "4px 8px", backgroundColor: "var(--tint)", color: "var(--soft)", borderBottom: "1px solid var(--line)", opacity: "1", fontSize: ".82rem" },
  ".cm-tooltip-autocomplete ul li[aria-selected]": { backgroundColor: "var(--link)", color: "var(--paper)" },
  ".cm-completionDetail": { fontStyle: "normal", color: "var(--soft)", marginLeft: "1em" },
  "li[aria-selected] .cm-completionDetail": { color: "inherit" },
  ".cm-completionIcon": { display: "none" },
  ".cm-completionInfo": { padding: ".4rem .6rem", whiteSpace: "pre-line", fontSize: ".88rem", maxWidth: "22rem" },
  ".cm-diagnostic": { borderLeftColor: "var(--none)", padding: ".3rem .6rem" },
});
const CHINESE = {
  "Completions": "可选的补全", "Diagnostics": "问题", "No diagnostics": "没有问题", "Control character": "控制字符",
  "Selection deleted": "已删除所选文字", "close": "关闭",
};

/**
 * Text written over a selection. Left to itself, Chromium keeps the look of what is replaced in a style attribute of its
 * own, which the policy of these pages forbids and the console tells.
 */
const writesOver = EditorView.domEventHandlers({
  beforeinput(event, view) {
    const { from, to, empty } = view.state.selection.main, text = event.data;
    if (event.inputType !== "insertText" || !text || empty || event.isComposing || view.composing) return false;
    const insert = () => view.state.update(view.state.replaceSelection(text), { userEvent: "input.type", scrollIntoView: true });
    event.preventDefault();
    if (!view.state.facet(EditorView.inputHandler).some((takes) => takes(view, from, to, text, insert))) view.dispatch(insert());
    return true;
  },
});

/** Puts an editor in the place of a textarea. run: asked for by Ctrl/Cmd-Enter; changed: is given each new text. */
export function edit(area, { nonce, run, changed }) {
  const state = (text) => EditorState.create({
    doc: text,
    extensions: [
      EditorView.cspNonce.of(nonce), lineNumbers(), lintGutter(), history(), drawSelection(), highlightActiveLine(), highlightSpecialChars(),
      bracketMatching(), closeBrackets(), indentOnInput(), EditorView.lineWrapping, sparql, syntaxHighlighting(colours), theme, addsPrefixes, writesOver,
      autocompletion({ override: [complete], activateOnTypingDelay: 120, icons: false, maxRenderedOptions: 80 }), listed,
      EditorState.phrases.of(language === "zh" ? CHINESE : {}),
      EditorView.contentAttributes.of({ "aria-label": say("query"), "aria-describedby": "editorhelp", tabindex: "0", spellcheck: "false", autocapitalize: "off" }),
      Prec.highest(keymap.of([{ key: "Mod-Enter", run: () => (run(), true) }])),
      // no Tab here: it leaves the editor (WCAG 2.1.2)
      keymap.of([...closeBracketsKeymap, ...completionKeymap, ...historyKeymap, ...lintKeymap, ...defaultKeymap, { key: "Mod-/", run: toggleComment }]),
      EditorView.updateListener.of((update) => {
        if (!update.docChanged) return;
        area.value = update.state.doc.toString();
        changed(area.value);
      }),
    ],
  });
  const view = new EditorView({ state: state(area.value) });
  reachable(view);
  area.hidden = true;
  area.after(view.dom);
  return {
    view,
    get text() { return view.state.doc.toString(); },
    /** Another text, with a history of its own. */
    open(text) {
      area.value = text;
      view.setState(state(text));
    },
    /** A fault at its place; columns count code points, from 1. Without one the faults are taken away. */
    fault(problem) {
      const { doc } = view.state;
      const faults = [];
      if (problem?.line && problem.line <= doc.lines) {
        const line = doc.line(problem.line);
        const from = Math.min(line.to, line.from + [...line.text].slice(0, Math.max(0, problem.column - 1)).join("").length);
        const word = line.text.slice(from - line.from).match(/^[^\s.;,(){}]+/)?.[0].length ?? 1;
        faults.push({ from, to: Math.min(line.to, from + word), severity: "error", message: problem.message });
      }
      view.dispatch(setDiagnostics(view.state, faults), faults.length ? { selection: { anchor: faults[0].from }, scrollIntoView: true } : {});
    },
    /** The full-width marks of the query, and a way to make them half-width. */
    get wide() { return fullWidth(view.state.doc.toString()); },
    narrow() {
      view.dispatch({ changes: fullWidth(view.state.doc.toString()), userEvent: "input.narrow" });
      view.focus();
    },
    goto(line, column) {
      const { doc } = view.state;
      if (!line || line > doc.lines) return;
      const found = doc.line(line);
      view.dispatch({ selection: { anchor: Math.min(found.to, found.from + column - 1) }, scrollIntoView: true });
      view.focus();
    },
  };
}
