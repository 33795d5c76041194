// The numbers above the figures, each with the curve that it comes from.
const ORDER = ["critical", "polarisation", "rates"];
const shown = new Map(); // by curve: its rows, and the number of the state they are of
const list = document.getElementById("numbers");

export function show(message, number) {
  for (const [curve, rows] of Object.entries(message.numbers)) {
    shown.set(curve, { rows, number: message.number });
  }
  paint(number);
}

export function paint(number) {
  const rows = ORDER.filter(curve => shown.has(curve)).flatMap(curve => {
    const { rows, number: own } = shown.get(curve);
    return rows.map(row => entry(row, own, own !== number));
  });
  list.replaceChildren(...rows);
}

function entry([name, value, interval], number, busy) {
  const place = document.createElement("div");
  place.setAttribute("aria-busy", String(busy));
  place.dataset.number = number;
  const [term, told] = [document.createElement("dt"), document.createElement("dd")];
  const [bold, quiet] = [document.createElement("b"), document.createElement("span")];
  term.textContent = name;
  bold.textContent = value;
  quiet.textContent = interval;
  told.append(bold, " ", quiet);
  place.append(term, told);
  return place;
}
