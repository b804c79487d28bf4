// Freshens the mix from the sister sites just before it is seen. Without it the mix is complete; it
// is only as old as the page. Every item keeps its shape, so nothing moves.

const EVERY_MS = 60_000;
const block = document.querySelector(".mix");
const places = [...block.querySelectorAll(".mix-item:not(.mix-offer)")];
const without = new Set(block.dataset.without.split(" ").map(Number));
let asked = 0;

function made(name, text, kind = "") {
  const part = document.createElement(name);
  part.textContent = text;
  if (kind) part.className = kind;
  return part;
}

function picture(item) {
  if (!item.src) return [];
  const image = document.createElement("img");
  Object.assign(image, { alt: "", decoding: "async", width: 320, height: 213 });
  Object.assign(image, { srcset: `${item.dense} 2x`, src: item.src });
  return [image];
}

// A new item takes the place whole: then none of its parts has moved.
function draw(old, item) {
  const before = old.querySelector("a[data-mix]");
  if (before.dataset.mix === String(item.id) && before.textContent === item.title) return old;
  const place = old.cloneNode(true);
  const link = place.querySelector("a[data-mix]");
  link.href = `${item.url}#mix`;
  link.dataset.mix = item.id;
  link.lang = item.lang;
  link.textContent = item.title;
  const labels = item.labels.flatMap((label) => [" ", made("span", label, "label")]);
  const kicker = made("span", item.kicker);
  const site = place.querySelector(".mix-site");
  kicker.lang = site.lang = item.lang;
  place.querySelector(".kicker").replaceChildren(kicker, ...labels);
  site.textContent = item.site;
  place.querySelector(".mix-picture").replaceChildren(...picture(item));
  old.replaceWith(place);
  return place;
}

async function freshen() {
  if (document.hidden || block.contains(document.activeElement)) return;
  if (asked && Date.now() - asked < EVERY_MS) return;
  asked = Date.now();
  try {
    const answer = await fetch("/trending.json", { cache: "no-cache" });
    if (!answer.ok) return;
    const { items } = await answer.json();
    const fit = items.filter((item) => !without.has(item.id)).slice(0, places.length);
    fit.forEach((item, n) => (places[n] = draw(places[n], item)));
    places.slice(fit.length).forEach((place) => place.remove()); // what was taken back
  } catch {
    // offline, or the site is: the mix stays as it is
  }
}

freshen();
document.addEventListener("visibilitychange", freshen);
addEventListener("pageshow", (event) => event.persisted && freshen());
