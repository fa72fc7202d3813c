// Words that a reader selects get their address. The article holds the source to the character, so the place of a
// selection is the number of code points before it.
const points = (text) => [...text].length;

export function offerAddress(article) {
  const box = document.getElementById("chosen");
  const [field, link, button] = ["input", "a", "button"].map((tag) => box.querySelector(tag));
  const label = button.textContent;

  function selected() {
    const selection = getSelection();
    const range = selection.rangeCount ? selection.getRangeAt(0) : null;
    const whole = article();
    if (!range || range.collapsed || !whole.contains(range.commonAncestorContainer)) return null;
    const words = range.toString();
    const before = document.createRange();
    before.setStart(whole, 0);
    before.setEnd(range.startContainer, range.startOffset);
    const start = points(before.toString()) + points(words) - points(words.trimStart());
    const length = points(words.trim());
    return length ? [start, start + length] : null;
  }

  function offer() {
    const span = selected();
    if (!span) return;
    field.value = `${location.origin}${location.pathname}?show=span/${span[0]}-${span[1]}#at-${span[0]}`;
    link.href = field.value;
    button.textContent = label;
    box.hidden = false;
  }
  document.addEventListener("copy", offer);
  document.addEventListener("pointerup", (event) => {
    if (!box.contains(event.target)) setTimeout(offer);
  });
  document.addEventListener("keyup", (event) => event.shiftKey && event.key.startsWith("Arrow") && offer());
  document.addEventListener("selectionchange", () => {
    if (!box.hidden && !selected() && !box.contains(document.activeElement)) box.hidden = true;
  });
  addEventListener("keydown", (event) => {
    if (event.key === "Escape") box.hidden = true;
  });
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      field.select(); // no clipboard over plain HTTP: the selected address can be copied by hand
      document.execCommand("copy");
    }
    button.textContent = button.dataset.done;
  });
}
