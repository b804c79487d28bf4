// What a reader may do with a story. Nothing is noted in the browser before they ask for it, and
// nothing of it is told to anybody: see /privacy/.

import { kept, keep } from "./kept.js";

const box = document.querySelector("[data-tools]");
const { id, path, title, updated, zone } = box.dataset;
const text = document.querySelector(".story-body");
const status = box.querySelector("[role=status]");
const buttons = Object.fromEntries([...box.querySelectorAll("[data-do]")].map((b) => [b.dataset.do, b]));
const language = document.documentElement.lang;
const MOST = 200; // stories of which is noted what was read; stories that are saved
const chosen = kept("reading");

// Buttons that have two states say what a click does next.
const first = Object.fromEntries(Object.entries(buttons).map(([name, b]) => [name, b.textContent]));
function turn(name, on) {
  buttons[name].textContent = on ? buttons[name].dataset.done : first[name];
}

function choose(name, value) {
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

// Whose time: the masthead's, as the page came, or the reader's own.
const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
const FULL = { year: "numeric", month: "long", day: "numeric", timeZoneName: "short" };
const CLOCK = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
const came = new WeakMap();

function tellTimes() {
  for (const time of document.querySelectorAll("time[datetime*=T]")) {
    const words = came.get(time) ?? time.textContent;
    if (!words.includes(":")) continue;
    came.set(time, words);
    const form = words.length < 6 ? CLOCK : { ...FULL, ...CLOCK };
    time.textContent = chosen.mine
      ? new Intl.DateTimeFormat(language, form).format(new Date(time.dateTime)) : words;
  }
  turn("times", chosen.mine);
}

function isElsewhere() {
  const at = (timeZone) => new Date().toLocaleString("en", { timeZone });
  return at(own) !== at(zone);
}

// Saved with the account of who is signed in; else on this device, where /saved/ lists it.
let account = null;
async function save() {
  if (account) {
    status.textContent = await account.toggle();
    turn("save", account.saved);
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
  times() {
    choose("mine", !chosen.mine);
    tellTimes();
  },
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
buttons.times.hidden = !isElsewhere();
buttons.ruby.hidden = !text.querySelector("ruby");
const local = new Intl.DateTimeFormat(language, { timeZone: zone, timeZoneName: "long" });
const named = local.formatToParts(new Date()).find((part) => part.type === "timeZoneName");
buttons.times.dataset.done = buttons.times.dataset.done.replace("{}", named.value);
showSaved(kept("saved"));
if (/(?:^|; )known=/.test(document.cookie)) {
  import(box.dataset.saving).then((saving) => saving.account(id)).then((found) => {
    if (!found) return;
    account = found;
    turn("save", account.saved);
    const list = box.querySelector("a[href='/saved/']");
    [list.href, list.hidden] = ["/account/saved/", false];
  }).catch(() => {}); // offline: the browser keeps it
}
turn("since", chosen.since);
if (chosen.size) resize();
if (chosen.mine) tellTimes();
if (chosen.bare) showReadings();
if (chosen.since) note();
box.classList.add("is-on");
