// A drawing of the page as a file of its own: what the style sheets say goes into each element.
import { h, say } from "./dom.js";

const KEPT = ["fill", "fill-opacity", "stroke", "stroke-width", "stroke-opacity", "stroke-dasharray", "font-size", "font-family", "font-weight", "text-anchor", "paint-order", "opacity", "visibility"];

/** The SVG of a place as text that stands alone, on the paper of the page. */
function alone(svg) {
  const copy = svg.cloneNode(true), own = [svg, ...svg.querySelectorAll("*")];
  [copy, ...copy.querySelectorAll("*")].forEach((element, index) => {
    const style = getComputedStyle(own[index]);
    for (const name of KEPT) element.setAttribute(name, style.getPropertyValue(name));
    element.removeAttribute("class");
    if (element.hasAttribute("href")) element.setAttribute("href", new URL(element.getAttribute("href"), location.href).href);
  });
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  const paper = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  for (const [name, value] of Object.entries({ width: "100%", height: "100%", fill: getComputedStyle(svg).backgroundColor })) paper.setAttribute(name, value);
  copy.prepend(paper);
  return `${new XMLSerializer().serializeToString(copy)}\n`;
}

/** A line that offers the drawing of a place as a file; nothing where there is none. */
export function asFile(place, name) {
  const save = () => {
    const address = URL.createObjectURL(new Blob([alone(place.querySelector("svg:not(.key)"))], { type: "image/svg+xml" }));
    h("a", { href: address, download: `${name}.svg` }).click();
    setTimeout(() => URL.revokeObjectURL(address), 10_000);
  };
  return h("p", { class: "downloads" }, `${say("download")} `, h("button", { type: "button", class: "quiet", onclick: save }, "SVG"));
}
