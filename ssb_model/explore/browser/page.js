// The page: holds the state, says all of it to the server at each change, shows what comes back.
// What is shown and is not of the newest state is marked as being computed.
import * as figures from "./figures.js";
import * as files from "./files.js";
import * as numbers from "./numbers.js";
import * as sliders from "./sliders.js";
import { connect, unpacked } from "./socket.js";

const MOST = 4; // sentences
const given = document.body.dataset;
const [choice, said, work, copy, save, reset] = ["coating", "said", "work", "copy", "save", "reset"]
  .map(id => document.getElementById(id));
let wanted = state(given.query); // what the visitor wants to see
let kept = null; // the newest state that the server has taken
let number = 0, resting = false;

function state(query) {
  const moved = new Map(new URLSearchParams(query)), coating = moved.get("coating");
  moved.delete("coating");
  return { coating, moved };
}

function ask() {
  number += 1;
  figures.stale();
  numbers.paint(number);
  work.textContent = "computing";
  line.say(`${new URLSearchParams([["number", number], ["coating", wanted.coating],
    ...wanted.moved])}`);
}

function move(name, value) {
  if (value === null) wanted.moved.delete(name);
  else wanted.moved.set(name, value);
  resting = false;
  ask();
}

const rest = () => { resting = true; address(); };

function address() {
  if (!resting || kept === null || kept.number !== number) return;
  history.replaceState(null, "", `/?${kept.query}`);
  save.href = `/coating.toml?${kept.query}`;
}

function heard(message) {
  if (message.sliders !== undefined) install(message);
  else if (message.figures !== undefined) {
    figures.show(message, number);
    numbers.show(message, number);
    if (!document.querySelector(".tile[aria-busy=true]")) work.textContent = "up to date";
  } else if (message.preparing !== undefined) wait(message);
  else if (message.number === number) answered(message);
  else if (message.coating === wanted.coating) sliders.stand(message.standing);
}

function wait({ preparing }) {
  sliders.busy();
  say(`${preparing}: being made ready; its first curves take some seconds.`, "waiting");
}

function answered(message) {
  forget("waiting");
  if (message.unready !== undefined) {
    say(message.unready);
    if (kept !== null) back();
    return;
  }
  const refused = Object.entries(message.refused), opening = kept === null;
  const switched = !opening && kept.coating !== message.coating;
  if (opening || switched) {
    for (const [, sentence] of refused) say(`${opening ? "The link: " : ""}${sentence}`);
  } else if (refused.length > 0) {
    sliders.refuse(message.refused);
    back();
    return;
  }
  wanted = state(message.query);
  kept = { ...state(message.query), number, query: message.query };
  choice.value = message.coating;
  sliders.stand(message.standing);
  address();
}

// to the newest state that there was
function back() {
  wanted = { coating: kept.coating, moved: new Map(kept.moved) };
  choice.value = kept.coating;
  ask();
}

function install({ sliders: about, warnings }) {
  sliders.build(about, move, rest);
  for (const sentence of warnings) say(sentence);
}

function say(sentence, kind = sentence) {
  forget(kind);
  const line = document.createElement("p"), close = document.createElement("button");
  line.dataset.kind = kind;
  line.textContent = sentence;
  close.type = "button";
  close.className = "bare";
  close.textContent = "×";
  close.setAttribute("aria-label", `close: ${sentence}`);
  close.addEventListener("click", () => line.remove());
  line.append(close);
  said.prepend(line);
  while (said.children.length > MOST) said.lastElementChild.remove();
}

function forget(kind) {
  for (const line of [...said.children]) if (line.dataset.kind === kind) line.remove();
}

function cut(why) {
  forget("cut");
  if (why) say(why, "cut");
  else if (number > 0) ask(); // the line is there again
}

choice.addEventListener("change", () => {
  const moved = new Map([...wanted.moved].filter(([name]) => !sliders.ofCoating(name)));
  wanted = { coating: choice.value, moved };
  sliders.busy(); // they are the other coating's until the new ones are there
  rest();
  ask();
});
reset.addEventListener("click", () => {
  wanted = { coating: wanted.coating, moved: new Map() };
  sliders.forgive();
  rest();
  ask();
});
copy.addEventListener("click", async () => {
  await navigator.clipboard.writeText(location.href);
  copy.textContent = "Copied";
  setTimeout(() => { copy.textContent = "Copy link"; }, 1500);
});

resting = true;
const line = connect(heard, cut);
await figures.make();
figures.watch();
files.begin(JSON.parse(given.overlays, unpacked), figures.draw, say);
for (const sentence of JSON.parse(given.said)) say(sentence);
ask();
