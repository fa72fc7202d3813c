// Who works with whom: lights up what belongs to a body, and arranges the bodies by nearness where the reader wants it.
// The drawing that the server made stays as it is until then, or until an address that ends with #nearness asks for it.
import { forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY } from "d3-force";

const STEP = 14; // of an arrow key
const NEARNESS = "#nearness";
const svg = document.querySelector("svg.network");
const tools = document.querySelector(".tools");
const calm = matchMedia("(prefers-reduced-motion: reduce)");
if (svg && tools) start();

function start() {
  const { width, height } = svg.viewBox.baseVal;
  const bodies = [...svg.querySelectorAll(".spot")].map((element, index, all) => {
    const x0 = Number(element.dataset.x);
    const y0 = Number(element.dataset.y);
    const turn = (2 * Math.PI * index) / all.length;
    return {
      id: element.dataset.node, element, x0, y0,
      x: width / 2 + 0.3 * width * Math.cos(turn), y: height / 2 + 0.35 * height * Math.sin(turn),
      texts: [...element.querySelectorAll("text")], hit: element.querySelector("rect.hit"), near: new Set(),
    };
  });
  const named = new Map(bodies.map((body) => [body.id, body]));
  const arcs = [...svg.querySelectorAll(".arc")].map((element) => {
    const { first, second, weight } = element.dataset;
    const paths = [...element.querySelectorAll("path")];
    const arc = { element, source: named.get(first), target: named.get(second), weight: Number(weight), paths };
    arc.drawn = paths.map((path) => path.getAttribute("d"));
    arc.source.near.add(arc.element).add(arc.target.element);
    arc.target.near.add(arc.element).add(arc.source.element);
    return arc;
  });

  const light = (lit) => {
    svg.classList.toggle("lit", lit.size > 0);
    for (const each of svg.querySelectorAll(".spot, .arc")) each.classList.toggle("near", lit.has(each));
  };
  for (const body of bodies) whenPointed(body.element, light, new Set([body.element, ...body.near]));
  for (const arc of arcs) whenPointed(arc.element, light, new Set([arc.element, arc.source.element, arc.target.element]));

  const strongest = Math.max(...arcs.map((arc) => arc.weight));
  const simulation = forceSimulation(bodies)
    .force("link", forceLink(arcs).distance((arc) => 230 - (90 * arc.weight) / strongest).strength((arc) => arc.weight / strongest / 2))
    .force("charge", forceManyBody().strength(-700))
    .force("room", forceCollide(26))
    .force("names", apart)
    .force("x", forceX(width / 2).strength(0.02))
    .force("y", forceY(height / 2).strength(0.05))
    .stop();
  let frame = 0;
  let margin = 0; // half of the longest name

  // Names are long and low: two that would lie upon one another are pushed up and down.
  function apart(alpha) {
    bodies.forEach((one, index) => {
      for (const other of bodies.slice(index + 1)) {
        const gap = one.y - other.y, room = Math.max(one.tall, other.tall);
        if (Math.abs(one.x - other.x) > (one.wide + other.wide) / 2 || Math.abs(gap) > room) continue;
        const push = ((gap < 0 ? -1 : 1) * (room - Math.abs(gap)) * Math.max(alpha, 0.2)) / 2;
        one.vy += push;
        other.vy -= push;
      }
    });
  }

  function place() {
    for (const body of bodies) {
      body.x = Math.min(width - margin, Math.max(margin, body.x));
      body.y = Math.min(height - 48, Math.max(16, body.y));
      body.element.setAttribute("transform", `translate(${(body.x - body.x0).toFixed(1)} ${(body.y - body.y0).toFixed(1)})`);
    }
    for (const { source, target, paths } of arcs) {
      for (const path of paths) {
        path.setAttribute("d", `M${source.x.toFixed(1)} ${source.y.toFixed(1)}L${target.x.toFixed(1)} ${target.y.toFixed(1)}`);
      }
    }
  }

  function run() {
    cancelAnimationFrame(frame);
    if (calm.matches) {
      simulation.tick(300);
      simulation.alpha(0);
      place();
      return;
    }
    const next = () => {
      simulation.tick();
      place();
      if (simulation.alpha() > 0.01) frame = requestAnimationFrame(next);
    };
    next();
  }

  function arrange(free) {
    svg.classList.toggle("free", free);
    cancelAnimationFrame(frame);
    if (free) {
      for (const body of bodies) below(body);
      margin = Math.max(...bodies.map((body) => body.wide)) / 2 + 12;
      simulation.alpha(1);
      run();
      return;
    }
    for (const body of bodies) {
      body.element.removeAttribute("transform");
      body.texts.forEach((text, index) => set(text, body.drawn[index]));
      set(body.hit, body.drawn.at(-1));
    }
    for (const arc of arcs) arc.paths.forEach((path, index) => path.setAttribute("d", arc.drawn[index]));
  }

  function move(body, x, y) {
    [body.fx, body.fy, body.x, body.y] = [x, y, x, y];
    if (calm.matches) place();
    else if (simulation.alpha() < 0.2) {
      simulation.alpha(0.2);
      run();
    }
  }

  for (const body of bodies) {
    draggable(body, move);
    body.element.addEventListener("keydown", (event) => {
      const [dx, dy] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key] ?? [];
      if (dx === undefined || !svg.classList.contains("free")) return;
      event.preventDefault();
      move(body, body.x + dx * STEP, body.y + dy * STEP);
    });
  }
  offer(arrange);
}

// The name of a body below its dot, and the room that both take.
function below(body) {
  const { texts, hit, x0, y0 } = body;
  body.drawn ??= [...texts, hit].map((each) => Object.fromEntries([...each.attributes].map(({ name, value }) => [name, value])));
  body.wide = Math.max(...texts.map((text) => text.getComputedTextLength()));
  const lines = [...new Set(body.drawn.slice(0, -1).map(({ y }) => Number(y)))].sort((one, other) => one - other); // long and short name share one
  texts.forEach((text, index) => set(text, { x: x0, y: y0 + 24 + 15 * lines.indexOf(Number(body.drawn[index].y)), "text-anchor": "middle" }));
  body.tall = 33 + 15 * lines.length;
  set(hit, { x: x0 - body.wide / 2 - 4, y: y0 - 12, width: body.wide + 8, height: 30 + 15 * lines.length });
}

function set(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
}

function whenPointed(element, light, lit) {
  for (const kind of ["pointerenter", "focus"]) element.addEventListener(kind, () => light(lit));
  for (const kind of ["pointerleave", "blur"]) element.addEventListener(kind, () => light(new Set()));
}

function draggable(body, move) {
  let from = null;
  let moved = false;
  const at = (event) => new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
  body.element.addEventListener("dragstart", (event) => event.preventDefault());
  body.element.addEventListener("pointerdown", (event) => {
    moved = false;
    if (event.button || !svg.classList.contains("free")) return;
    const point = at(event);
    from = { dx: body.x - point.x, dy: body.y - point.y, x: event.clientX, y: event.clientY };
  });
  body.element.addEventListener("pointermove", (event) => {
    if (!from) return;
    if (!moved && Math.hypot(event.clientX - from.x, event.clientY - from.y) < 4) return;
    if (!moved) body.element.setPointerCapture(event.pointerId);
    moved = true;
    const point = at(event);
    move(body, point.x + from.dx, point.y + from.dy);
  });
  for (const kind of ["pointerup", "pointercancel"]) body.element.addEventListener(kind, () => (from = null));
  body.element.addEventListener("click", (event) => moved && event.preventDefault());
}

function offer(arrange) {
  const { arranged, free, how } = tools.dataset;
  const hint = document.createElement("span");
  hint.setAttribute("role", "status");
  const turn = (index) => {
    buttons.forEach((each, at) => each.setAttribute("aria-pressed", String(at === index)));
    hint.textContent = index ? how : "";
    arrange(index === 1);
  };
  const buttons = [arranged, free].map((words, index) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = words;
    button.setAttribute("aria-pressed", String(index === 0));
    button.addEventListener("click", () => {
      history.replaceState(null, "", index ? NEARNESS : location.pathname + location.search);
      turn(index);
    });
    return button;
  });
  tools.append(...buttons, hint);
  if (location.hash === NEARNESS) turn(1);
}
