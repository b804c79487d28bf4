// What a reader may do with a story. Nothing is noted in the browser before they ask for it, and
// nothing of it is told to anybody: see /privacy/.

import { kept, keep } from "./kept.js";

const box = document.querySelector("[data-tools]");
const { id, path, title, updated } = box.dataset;
const text = document.querySelector(".story-body");
const status = box.querySelector("[role=status]");
const buttons = Object.fromEntries([...box.querySelectorAll("[data-do]")].map((b) => [b.dataset.do, b]));
const MOST = 200; // stories of which is noted what was read; stories that are saved

// Buttons that have two states say what a click does next.
const first = Object.fromEntries(Object.entries(buttons).map(([name, b]) => [name, b.textContent]));
function turn(name, on) {
  buttons[name].textContent = on ? buttons[name].dataset.done : first[name];
}

let chosen = kept("reading");
function choose(name, value) {
  chosen = kept("reading"); // whose time it tells is chosen beside this
  if (value) chosen[name] = value;
  else delete chosen[name];
  keep("reading", chosen);
}

function resize(by = 0) {
  const size = Math.min(4, Math.max(-1, (chosen.size ?? 0) + by));
  if (by) choose("size", size);
  text.style.removeProperty("--reading");
  const now = getComputedStyle(text).getPropertyValue("--reading");
  if (size) text.style.setProperty("--reading", `calc(${now} * ${1 + size / 8})`);
  buttons.larger.disabled = size === 4;
  buttons.smaller.disabled = size === -1;
}

// Saved with the account of who is signed in; else on this device, where /saved/ lists it.
// Whoever clicks before it is known who they are is asked first: else it would be kept here alone.
const account = /(?:^|; )known=/.test(document.cookie)
  ? import(box.dataset.saving).then((saving) => saving.account(id)).catch(() => null) // null: offline
  : Promise.resolve(null);
async function save() {
  const mine = await account;
  if (mine) {
    status.textContent = await mine.toggle();
    turn("save", mine.saved);
    return;
  }
  const saved = kept("saved");
  if (saved[path]) delete saved[path];
  else saved[path] = title;
  keep("saved", Object.fromEntries(Object.entries(saved).slice(-MOST)));
  showSaved(saved);
}

function showSaved(saved) {
  turn("save", saved[path]);
  box.querySelector("a[href='/saved/']").hidden = !Object.keys(saved).length;
}

// What is new since the last visit, for who asked to be told.
function note() {
  const seen = kept("seen");
  const thread = document.querySelector("[data-count]");
  const count = Number(thread?.dataset.count ?? 0);
  const last = seen[id];
  if (last) tell(last, count);
  delete seen[id]; // the newest come last
  seen[id] = [updated, count, new Date().toISOString()];
  keep("seen", Object.fromEntries(Object.entries(seen).slice(-MOST)));
}

function tell([was, had, at], count) {
  const { text: words, one, many } = buttons.since.dataset;
  const fresh = count - had;
  if (was !== updated) add(words, `${path}/versions`);
  if (fresh > 0) add(fresh === 1 ? one : many.replace("{}", fresh), "#comments");
  for (const time of document.querySelectorAll(".comment time[datetime]")) {
    if (new Date(time.dateTime) > new Date(at)) time.closest(".comment").classList.add("is-new");
  }
}

function add(words, to) {
  const link = document.createElement("a");
  link.href = to;
  link.className = "story-since";
  link.textContent = words;
  document.querySelector(".story-more").append(" ", link);
}

const DO = {
  async copy() {
    await navigator.clipboard.writeText(document.querySelector("link[rel=canonical]").href);
    turn("copy", true);
    status.textContent = buttons.copy.dataset.done;
  },
  share: () => navigator.share({ title, url: document.querySelector("link[rel=canonical]").href }).catch(() => {}),
  save,
  larger: () => resize(1),
  smaller: () => resize(-1),
  ruby() {
    choose("bare", !chosen.bare);
    showReadings();
  },
  since() {
    choose("since", !chosen.since);
    turn("since", chosen.since);
    if (chosen.since) note();
    else keep("seen", {});
  },
};

function showReadings() {
  text.classList.toggle("no-ruby", !!chosen.bare);
  turn("ruby", chosen.bare);
}

box.addEventListener("click", ({ target }) => DO[target.dataset.do]?.());
buttons.share.hidden = !navigator.share;
buttons.copy.hidden = !navigator.clipboard;
// By the address the foot of the page has, so that there is one of it and they agree. The row is
// shown when it is whole: a button that came later would push its neighbours aside.
const whole = import(document.querySelector("[data-times]").dataset.times)
  .then((times) => times.changesTimes(buttons.times)).catch(() => {});
buttons.ruby.hidden = !text.querySelector("ruby");
showSaved(kept("saved"));
account.then((mine) => {
  if (!mine) return;
  turn("save", mine.saved);
  const list = box.querySelector("a[href='/saved/']");
  [list.href, list.hidden] = ["/account/saved/", false];
});
turn("since", chosen.since);
if (chosen.size) resize();
if (chosen.bare) showReadings();
if (chosen.since) note();
whole.then(() => box.classList.add("is-on"));
