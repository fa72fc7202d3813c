// Escape closes an open menu, as it does a suggestion list; the key goes on from where the menu was opened.
document.addEventListener("keydown", (event) => {
  const open = event.key === "Escape" && !event.defaultPrevented && document.querySelector("header nav details[open]");
  if (!open) return;
  const within = open.contains(document.activeElement);
  open.open = false;
  if (within) open.querySelector("summary").focus();
});
