// Line drawings, 20 by 20, in the colour of the text around them.

const SVG = "http://www.w3.org/2000/svg";
const PATHS = {
  attach: "M16.500 9.500l-6.200 6.200a3.900 3.900 0 0 1-5.500-5.500l6.700-6.700a2.600 2.600 0 0 1 3.700 3.700l-6.500 6.500a1.300 1.300 0 0 1-1.900-1.900l5.700-5.700",
  block: "M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14M5.200 5.200l9.600 9.600",
  calendar: "M3.500 5h13v12h-13zM3.500 8.500h13M7 3v3M13 3v3",
  close: "M5 5l10 10M15 5L5 15",
  commands: "M12.500 3.500l-5 13",
  down: "M10 4v11M5.500 11l4.500 4.500 4.500-4.500",
  labels: "M3 5.500h14v9H3zM6 8.500h1.500M9.500 8.500h1M13 8.500h1M7 11.800h6",
  mail: "M3 5h14v10H3zM3.500 5.500L10 11l6.500-5.500",
  reply: "M8 5L3.500 9.500 8 14M3.500 9.500H12a4.500 4.500 0 0 1 4.500 4.500v1.500",
  send: "M3.500 10L17 4l-4.500 13-3-5.500zM9.500 11.500L17 4",
};

/** Decoration only: the control around it carries the name. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  const path = document.createElementNS(SVG, "path");
  for (const [key, value] of Object.entries({ viewBox: "0 0 20 20", "aria-hidden": "true", class: "drawing" })) {
    svg.setAttribute(key, value);
  }
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}
