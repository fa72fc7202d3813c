// The line of the contents whose unit is being read is the current one.
const LINE = 140; // what has passed this many pixels from the top is being read

export function followContents() {
  const box = document.querySelector(".toc");
  const links = [...box.querySelectorAll("a")];
  let waiting = false;

  function mark() {
    waiting = false;
    let current = null;
    for (const link of links) {
      const place = document.getElementById(link.hash.slice(1));
      if (!place || place.getBoundingClientRect().top > LINE) break;
      current = link;
    }
    for (const link of links) {
      if (link === current) link.setAttribute("aria-current", "location");
      else link.removeAttribute("aria-current");
    }
    const scroller = current?.closest("details > div, details");
    for (const each of [scroller, scroller?.closest("details")]) {
      if (!each || each.scrollHeight <= each.clientHeight) continue;
      const [inside, around] = [current.getBoundingClientRect(), each.getBoundingClientRect()];
      if (inside.top < around.top) each.scrollTop -= around.top - inside.top;
      if (inside.bottom > around.bottom) each.scrollTop += inside.bottom - around.bottom;
    }
  }

  function soon() {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(mark);
  }
  addEventListener("scroll", soon, { passive: true });
  addEventListener("resize", soon, { passive: true });
  if (scrollY) soon();
  return soon;
}
