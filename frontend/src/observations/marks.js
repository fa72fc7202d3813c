// Diamonds below the bar of a target, on the axis of its unit.
const NS = "http://www.w3.org/2000/svg";
const [ROOM, HIGH, AT] = [92, 50, 40]; // as in svg.py; the row grows by a lane for the observations

export function draw(seen, say) {
  return seen.targets.map((target) => {
    const svg = target.item.querySelector("svg.bars");
    const [low, high, value] = [target.item.dataset.low, target.item.dataset.high, seen.value].map(Number);
    const where = ((value - low) / (high - low)) * ROOM;
    const x = Math.min(Math.max(where, 0), 98);
    const beyond = where < 0 || where > 98;
    target.item.dataset.kept ??= svg.getAttribute("height");
    svg.setAttribute("height", HIGH);
    const place = make("svg", { x: `${x}%`, y: AT, width: 1, height: 1, overflow: "visible", class: "lane" });
    const shape = !beyond ? "M0 -7 L7 0 L0 7 L-7 0 Z" : where < 0 ? "M7 -6 L-3 0 L7 6 Z" : "M-7 -6 L3 0 L-7 6 Z";
    const mark = make("path", { d: shape, class: "observed" });
    const title = make("title", {});
    title.textContent = `${seen.year}: ${seen.value} ${target.unit} (${seen.source})`;
    mark.append(title);
    const left = x > 70;
    const year = make("text", { x: left ? -10 : 10, y: 4, class: "tick", "text-anchor": left ? "end" : "start" });
    year.textContent = `${seen.year}: ${seen.value}`;
    place.append(mark, year);
    svg.append(place);
    thin(svg);
    return { seen, target, note: beyond ? say("beyond") : "" };
  });
}

// A year and value that would run into its neighbour is left to the title of the mark and to the table.
function thin(svg) {
  const lanes = [...svg.querySelectorAll(".lane")].map((lane) => ({ text: lane.querySelector("text"), x: parseFloat(lane.getAttribute("x")) }));
  lanes.sort((a, b) => a.x - b.x);
  const wide = (svg.getBoundingClientRect().width || 400) / 100;
  lanes.forEach(({ text, x }, index) => {
    const other = lanes[text.getAttribute("text-anchor") === "end" ? index - 1 : index + 1];
    text.setAttribute("display", other && Math.abs(other.x - x) * wide < 20 + 7 * text.textContent.length ? "none" : "inline");
  });
}

export function clear(targets) {
  for (const { item } of targets) {
    for (const lane of item.querySelectorAll(".lane")) lane.remove();
    if (item.dataset.kept) item.querySelector("svg.bars").setAttribute("height", item.dataset.kept);
    delete item.dataset.kept;
  }
}

function make(tag, attributes) {
  const made = document.createElementNS(NS, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}
