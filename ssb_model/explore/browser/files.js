// The visitor's own files: given to the server to be read, drawn, named, and removed.
import { swatch } from "./figures.js";
import { unpacked } from "./socket.js";

const LARGEST = 20 * 1024 ** 2; // bytes; the server's limit too
const [file, area, mass, said, list] = ["file", "area", "mass", "file-said", "overlays"].map(id =>
  document.getElementById(id));
let drawn = [], waiting = null;

// `changed` is given all files that are to be drawn, `note` a sentence about one
export function begin(overlays, changed, note) {
  const replace = files => {
    drawn = files;
    names(replace);
    changed(drawn);
  };
  const read = async () => {
    if (waiting === null) return;
    const answer = await given(waiting);
    said.textContent = answer.refused ?? "";
    if (answer.refused !== undefined) return;
    waiting = null;
    file.value = "";
    if (answer.note) note(answer.note);
    replace([...drawn.filter(known => known.label !== answer.label), answer]);
  };
  file.addEventListener("change", () => { waiting = file.files[0] ?? null; read(); });
  for (const size of [area, mass]) size.addEventListener("change", read);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => names(replace));
  replace(overlays);
}

async function given(chosen) {
  if (chosen.size > LARGEST) {
    return { refused: `${chosen.name} is larger than 20 MB, which is what the page takes: ` +
      "start ssb explore with --data and the file." };
  }
  const query = new URLSearchParams({ name: chosen.name, area: area.value, mass: mass.value });
  try {
    const answer = await fetch(`/upload?${query}`, { method: "POST", body: chosen });
    const text = await answer.text();
    return answer.ok ? JSON.parse(text, unpacked) : { refused: text };
  } catch {
    return { refused: `${chosen.name} did not reach ssb explore: is it still running?` };
  }
}

function names(replace) {
  list.replaceChildren(...drawn.map((overlay, k) => {
    const entry = document.createElement("li"), mark = document.createElement("span");
    const remove = document.createElement("button");
    [mark.style.color, mark.textContent] = swatch(k);
    mark.setAttribute("aria-hidden", "true");
    remove.type = "button";
    remove.className = "bare";
    remove.textContent = "×";
    remove.setAttribute("aria-label", `remove ${overlay.label}`);
    remove.addEventListener("click", () => replace(drawn.filter(other => other !== overlay)));
    entry.append(mark, document.createTextNode(overlay.label), remove);
    return entry;
  }));
}
