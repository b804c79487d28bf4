// Keeps an open live blog new: asks which entries there are, offers newer ones by a button, changes
// or takes away at once what was corrected or withdrawn. Without it the page is complete as it came.

const EVERY_MS = 15_000;

const root = document.querySelector("[data-live]");
const list = root.querySelector(".live-entries");
const said = root.querySelector(".live-said");
const top = () => Number(list.firstElementChild?.dataset.entry ?? 0);
let going = true;

async function ask(address) {
  try {
    return await fetch(address, { cache: "no-cache" });
  } catch {
    return null; // offline, or the site is: the page stays as it is
  }
}

async function whole() {
  const answer = await ask(root.dataset.page);
  if ([410, 451].includes(answer?.status)) location.reload();
  if (!answer?.ok) return null;
  return new DOMParser().parseFromString(await answer.text(), "text/html").querySelector(".live");
}

function swap(page, part) {
  const [mine, theirs] = [root.querySelector(part), page.querySelector(part)];
  if (mine && theirs && mine.outerHTML !== theirs.outerHTML) mine.replaceWith(theirs.cloneNode(true));
}

function around(page) {
  [".live-state", ".live-around", ".live-pinned"].forEach((part) => swap(page, part));
}

function offer(count) {
  const shown = said.querySelector("button");
  const words = count === 1 ? root.dataset.one : root.dataset.many.replace("{}", count);
  if (!count || shown?.textContent === words) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button";
  button.textContent = words;
  button.addEventListener("click", show);
  said.replaceChildren(button);
}

async function show() {
  const page = await whole();
  if (!page) return;
  const before = top();
  const theirs = [...page.querySelectorAll(".live-entries > li")];
  const fresh = theirs.filter((entry) => Number(entry.dataset.entry) > before);
  said.replaceChildren();
  if (fresh.length && fresh.length === theirs.length) {
    list.replaceChildren(...fresh); // more came than fit: those between are behind the link to older
    swap(page, ".live-pager");
  } else list.prepend(...fresh);
  root.querySelector(".live-none")?.remove();
  around(page);
  list.firstElementChild?.focus();
}

async function mend(changed) {
  const page = await whole();
  if (!page) return;
  for (const id of changed) swap(page, `#entry-${id}`);
  around(page);
}

async function look() {
  if (!going || document.visibilityState !== "visible") return;
  const answer = await ask(root.dataset.live);
  if (answer?.status === 410) location.reload(); // what may not be read is not left standing
  if (!answer?.ok) return;
  const { entries, open } = await answer.json();
  const now = new Map(entries.map(([id, version]) => [String(id), String(version)]));
  const oldest = entries.length ? entries.at(-1)[0] : 0;
  const mine = [...list.children].filter((entry) => Number(entry.dataset.entry) >= oldest);
  mine.filter((entry) => !now.has(entry.dataset.entry)).forEach((entry) => entry.remove());
  const changed = mine.filter(
    (entry) => entry.isConnected && now.get(entry.dataset.entry) !== entry.dataset.version,
  );
  going = open;
  if (changed.length || !open) await mend(changed.map((entry) => entry.dataset.entry));
  offer(entries.filter(([id]) => id > top()).length);
}

root.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-to]");
  const entry = link && document.getElementById(link.dataset.to);
  if (!entry) return; // it is on another page
  event.preventDefault();
  entry.scrollIntoView();
  entry.focus({ preventScroll: true });
});
document.addEventListener("visibilitychange", look);
addEventListener("pageshow", (event) => event.persisted && look());
setInterval(look, EVERY_MS);
look(); // the page may be older than this visit
