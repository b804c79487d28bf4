// Whose time: the masthead's, as every page comes, or the reader's own, once they chose it.

import { kept, keep } from "./kept.js";

const { zone } = document.querySelector("[data-times]").dataset;
const language = document.documentElement.lang;
const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
const FULL = { year: "numeric", month: "long", day: "numeric", timeZoneName: "short" };
const CLOCK = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
const came = new WeakMap();
const buttons = new Map(); // each with what it says while the times are the masthead's

// A clock alone stands under a day of the title's: where the reader's own is another, it is said.
function formOf(words, at) {
  if (words.length >= 6) return { ...FULL, ...CLOCK };
  const day = (timeZone) => at.toLocaleDateString("en", { timeZone });
  return day(own) === day(zone) ? CLOCK : { month: "short", day: "numeric", ...CLOCK };
}

function tell(time, mine) {
  const words = came.get(time) ?? time.textContent;
  if (!words.includes(":")) return; // a day is not moved: it is the title's
  came.set(time, words);
  const at = new Date(time.dateTime);
  const text = mine ? new Intl.DateTimeFormat(language, formOf(words, at)).format(at) : words;
  write(time, text);
}

// What says it already is left alone: the observer below hears of every change.
function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

function tellAll() {
  const mine = !!kept("reading").mine;
  for (const time of document.querySelectorAll("time[datetime*=T]")) tell(time, mine);
  for (const [button, first] of buttons) write(button, mine ? button.dataset.done : first);
  later.takeRecords(); // what was written here is no news
}

export function isElsewhere() {
  const at = (timeZone) => new Date().toLocaleString("en", { timeZone });
  return at(own) !== at(zone);
}

export function nameOfZone() {
  const named = new Intl.DateTimeFormat(language, { timeZone: zone, timeZoneName: "long" });
  return named.formatToParts(new Date()).find((part) => part.type === "timeZoneName").value;
}

// A button that changes it: it says what a click does next.
export function changesTimes(button) {
  button.dataset.done = button.dataset.done.replace("{}", nameOfZone());
  buttons.set(button, button.textContent);
  button.hidden = !isElsewhere();
  button.addEventListener("click", () => {
    const chosen = kept("reading");
    if (chosen.mine) delete chosen.mine;
    else chosen.mine = true;
    keep("reading", chosen);
    tellAll();
  });
  tellAll();
}

// Comments and entries that come later are told in the same time.
const later = new MutationObserver((changes) => {
  if (kept("reading").mine && changes.some(({ addedNodes }) => addedNodes.length)) tellAll();
});
later.observe(document.querySelector("main"), { childList: true, subtree: true });
for (const button of document.querySelectorAll("[data-times] button")) changesTimes(button);
