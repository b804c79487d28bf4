// Lists what this browser saved. A story that was withdrawn leaves the list for good.

import { kept, keep } from "./kept.js";

const list = document.querySelector("[data-saved]");
const AT_ONCE = 4;
let saved = kept("saved");

function drop(path) {
  saved = kept("saved");
  delete saved[path];
  keep("saved", saved);
}

async function isGone(path) {
  try {
    const { status } = await fetch(`${path}/now.json`);
    return status === 410 || status === 404;
  } catch {
    return false; // offline
  }
}

function show(path, title) {
  const [line, link, button] = ["li", "a", "button"].map((name) => document.createElement(name));
  [link.href, link.textContent] = [path, title];
  [button.type, button.textContent] = ["button", list.dataset.remove];
  button.setAttribute("aria-label", `${list.dataset.remove}: ${title}`);
  button.addEventListener("click", () => {
    drop(path);
    line.remove();
    tell();
  });
  line.append(link, " ", button);
  list.append(line);
}

function tell() {
  document.querySelector("[data-none]").hidden = list.children.length > 0;
}

// Only a path of this site is a story of it, whoever wrote into this browser's store.
const waiting = Object.entries(saved).filter(([path]) => /^\/[^/\\]/.test(path)).reverse();
while (waiting.length) {
  const some = waiting.splice(0, AT_ONCE);
  const gone = await Promise.all(some.map(([path]) => isGone(path)));
  some.forEach(([path, title], n) => (gone[n] ? drop(path) : show(path, String(title))));
}
tell();

// Somebody who is signed in may move the list to their account; nothing moves by itself.
const take = document.querySelector("[data-take]");
const told = document.querySelector("[data-told]");
const numbers = () => Object.keys(kept("saved")).map((path) => /-(\d+)$/.exec(path)?.[1]).filter(Boolean);

async function offer() {
  if (!/(?:^|; )known=/.test(document.cookie) || !numbers().length) return;
  const { account } = await import(list.dataset.saving);
  const found = await account(numbers()[0]).catch(() => null);
  if (!found) return;
  take.hidden = false;
  take.querySelector("button").addEventListener("click", async () => {
    const { done, text } = await found.add(numbers());
    told.textContent = text;
    if (!done) return; // no room: the browser keeps its list
    keep("saved", {});
    list.replaceChildren();
    take.hidden = true;
    tell();
  });
}
offer();
