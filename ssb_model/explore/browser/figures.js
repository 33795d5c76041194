// BokehJS's figures: made empty for a light or a dark screen, filled with what the server says.
import { unpacked } from "./socket.js";

const dark = matchMedia("(prefers-color-scheme: dark)");
const COLOURS = { light: ["#1b1f23", "#009e73", "#aa4499", "#b07d00"],
                  dark: ["#e3e7ea", "#2cc79b", "#dd8bc3", "#f0c04a"] };
const MARKERS = ["circle", "square", "triangle", "diamond", "inverted_triangle", "hex"];
const NARROW = "(max-width: 760px)", LOW = 236; // px: beside a slider on a phone
const filled = new Map(); // by figure: what it shows
const documents = new Map(); // by figure
let overlays = [];

export const look = () => (dark.matches ? "dark" : "light");

export async function make() {
  const items = await (await fetch(new URL(`figures-${look()}.json`, import.meta.url))).json();
  for (const [name, item] of Object.entries(items)) {
    const place = document.querySelector(`#${name} .plot`);
    place.replaceChildren();
    place.id = item.target_id = `${name}-plot`;
    const views = await Bokeh.embed.embed_item(item);
    const { model } = views.roots[0];
    if (matchMedia(NARROW).matches) model.height = LOW;
    documents.set(name, model.document);
  }
  for (const [name, said] of filled) fill(name, said);
  draw(overlays);
}

export function watch() {
  dark.addEventListener("change", () => {
    for (const doc of documents.values()) doc.clear();
    documents.clear();
    make();
  });
}

// what is computed for another state than `number` stays marked as such
export function show(message, number) {
  for (const [name, said] of Object.entries(message.figures)) {
    filled.set(name, said);
    fill(name, said);
    const tile = document.getElementById(name);
    tile.dataset.number = message.number;
    tile.setAttribute("aria-busy", String(message.number !== number));
  }
}

export function stale() {
  for (const tile of document.querySelectorAll(".tile")) tile.setAttribute("aria-busy", "true");
}

export function draw(files) {
  overlays = files;
  const colours = COLOURS[look()];
  for (const [name, doc] of documents) {
    const points = doc.get_model_by_name("points");
    if (points === null) continue;
    const columns = Object.fromEntries(Object.keys(points.data).map(key => [key, []]));
    files.forEach((file, k) => {
      const own = file.figures[name], length = Object.values(own)[0].length;
      for (const [key, values] of Object.entries(own)) columns[key].push(...values);
      columns.label.push(...Array(length).fill(file.label));
      columns.colour.push(...Array(length).fill(colours[k % colours.length]));
      columns.marker.push(...Array(length).fill(MARKERS[k % MARKERS.length]));
    });
    points.data = columns;
    const legend = doc.get_model_by_name("legend");
    if (legend !== null) legend.visible = columns.label.length > 0;
  }
}

export const swatch = k => [COLOURS[look()][k % 4], "●■▲◆▼⬢"[k % MARKERS.length]];

function fill(name, said) {
  const tile = document.getElementById(name), doc = documents.get(name);
  tile.classList.toggle("missing", said.missing !== undefined);
  const words = said.missing ?? said.note;
  tile.querySelector("figcaption").textContent = words;
  const plot = tile.querySelector(".plot");
  plot.setAttribute("role", "img");
  plot.setAttribute("aria-label", `${tile.querySelector("h2").textContent}. ${words}`);
  for (const [model, properties] of Object.entries(said.models ?? {})) {
    doc?.get_model_by_name(model)?.setv(properties);
  }
}
