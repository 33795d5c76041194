// A row each: a name, a box for a value with its unit, a way back, and a slider.
const place = document.getElementById("sliders");
const rows = new Map();

// `moved` is given a name and a value as written, null for its way back; `rested` nothing
export function build(about, moved, rested) {
  rows.clear();
  const cards = new Map();
  for (const slider of about) {
    const card = opened(cards, slider.part, true);
    (slider.more ? inner(card) : card).append(row(slider, moved, rested));
  }
  for (const card of cards.values()) if (card.more) card.append(card.more);
  place.replaceChildren(...cards.values());
}

export function stand(standing) {
  for (const [name, { text, place, moved }] of Object.entries(standing)) {
    const { row, box, range, back, about } = rows.get(name);
    if (!box.typing && box.getAttribute("aria-invalid") !== "true") box.value = text;
    box.dataset.exact = moved ?? "";
    if (!range.dragged) range.value = place;
    const believed = moved === null && about.believed ? `, 95 % ${about.believed}` : "";
    range.setAttribute("aria-valuetext", text + believed);
    row.classList.toggle("moved", moved !== null);
    back.style.visibility = moved === null ? "hidden" : "visible";
  }
  place.setAttribute("aria-busy", "false");
}

// what was typed stays, with the reason beside it, until its slider is moved
export function refuse(refused) {
  for (const [name, sentence] of Object.entries(refused)) said(rows.get(name), sentence);
}

export const forgive = () => rows.forEach(row => said(row, ""));

function said({ box, error }, sentence) {
  error.textContent = sentence;
  box.setAttribute("aria-invalid", String(sentence !== ""));
}

export const ofCoating = name => rows.get(name)?.about.part === "Coating";
export const busy = () => place.setAttribute("aria-busy", "true");

function opened(cards, title, open) {
  if (!cards.has(title)) cards.set(title, card(title, open));
  return cards.get(title);
}

function inner(outer) {
  outer.more ??= card("More", false);
  return outer.more;
}

function card(title, open) {
  const details = document.createElement("details"), summary = document.createElement("summary");
  details.className = "card";
  details.open = open;
  summary.textContent = title;
  details.append(summary);
  return details;
}

function row(about, moved, rested) {
  const id = `slider-${rows.size}`, name = about.name;
  const row = element("div", { className: "row" });
  const label = element("label", { htmlFor: id, textContent: name });
  const back = element("button", { type: "button", className: "bare", textContent: "↺" });
  back.title = `${name} back to ${about.back}`;
  back.setAttribute("aria-label", back.title);
  back.style.visibility = "hidden";
  const box = element("input", { type: "text", id, autocomplete: "off", spellcheck: false });
  const range = element("input", { type: "range", min: 0, max: about.steps, step: 1 });
  range.setAttribute("aria-label", name);
  range.title = about.range;
  const known = element("small", { id: `${id}-known` });
  known.textContent = about.believed ? `95 %: ${about.believed}` : "";
  const error = element("p", { id: `${id}-error`, className: "error" });
  error.setAttribute("role", "alert");
  box.setAttribute("aria-describedby", `${known.id} ${error.id}`);
  const move = value => {
    box.typing = false;
    said({ box, error }, "");
    moved(name, value);
  };
  box.addEventListener("input", () => { box.typing = true; });
  box.addEventListener("change", () => {
    move(box.value.trim() || null);
    rested();
  });
  range.addEventListener("input", () => {
    range.dragged = true;
    move(written(about, Number(range.value)));
  });
  range.addEventListener("change", () => {
    range.dragged = false;
    rested();
  });
  back.addEventListener("click", () => {
    move(null);
    rested();
    box.focus();
  });
  row.append(label, back, box, range, known, error);
  rows.set(name, { row, box, range, back, error, about });
  return row;
}

// the value at a step of a slider, in SI
function written({ ends: [start, end], steps, log, unit }, step) {
  const position = start + ((end - start) * step) / steps;
  return `${(log ? 10 ** position : position).toPrecision(6)} ${unit}`.trim();
}

function element(tag, properties) {
  return Object.assign(document.createElement(tag), properties);
}
