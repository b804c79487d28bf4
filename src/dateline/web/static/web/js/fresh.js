// Freshens an open page: who is signed in, when its story last changed, what its thread needs.
// Without it the page is complete; it is only as old as the moment it was opened.

const EVERY_MS = 60_000;

async function ask(address, options) {
  try {
    return await fetch(address, options);
  } catch {
    return null; // offline, or the site is: the page stays as it is
  }
}

const known = /(?:^|; )known=/.test(document.cookie);

async function greet() {
  const door = document.querySelector("[data-me]");
  if (!door || !known || document.querySelector(".preview-note")) return; // the desk knows no reader
  const answer = await ask("/me", { cache: "no-store" });
  const me = answer?.ok ? await answer.json() : {};
  if (me.signed_in) door.textContent = me.name;
}

const place = document.querySelector("[data-now]"); // where a story says when it was updated

function show(updated) {
  if (!updated) return;
  const time = document.createElement("time");
  time.dateTime = updated.at;
  time.textContent = updated.text;
  place.replaceChildren(`${updated.label} `, time);
  place.hidden = false;
}

async function look() {
  if (document.visibilityState !== "visible") return;
  const answer = await ask(place.dataset.now, { cache: "no-cache" });
  if (answer?.status === 410) location.reload(); // what may not be read is not left standing
  else if (answer?.ok) show((await answer.json()).updated);
}

// What the first view can do without waits until somebody shows that they are there.
const alive = new Promise((done) => {
  for (const sign of ["pointermove", "pointerdown", "keydown", "scroll"]) {
    addEventListener(sign, done, { once: true, passive: true });
  }
});

// A thread's script comes with who may write in it, and with anybody else when they see it; those of
// offers and of the mix from other titles a little before.
async function load(part) {
  const { script, margin } = part.dataset;
  if (margin) await alive;
  else if (known) return import(script);
  const watch = new IntersectionObserver((seen) => {
    if (!seen.some((one) => one.isIntersecting)) return;
    watch.disconnect();
    import(script);
  }, { rootMargin: margin ?? "0px" });
  watch.observe(part);
}

async function count() {
  const story = document.querySelector("[data-reading]");
  if (!story || document.querySelector(".preview-note")) return;
  await alive;
  import(story.dataset.reading);
}

// The tools of a story come once somebody is there; at once where they left a choice in them before.
async function equip() {
  const box = document.querySelector("[data-tools]");
  if (!box) return;
  let chosen = null;
  try {
    chosen = localStorage.getItem("reading");
  } catch {} // a browser that keeps nothing
  if (!chosen) await alive;
  import(box.dataset.tools);
}

// Whose time a page tells: at once for who chose their own, else once somebody is there.
async function tellTimes() {
  const box = document.querySelector("[data-times]");
  if (!box) return;
  let chosen = "";
  try {
    chosen = localStorage.getItem("reading") ?? "";
  } catch {} // a browser that keeps nothing
  if (!chosen.includes('"mine"')) await alive;
  import(box.dataset.times);
}

greet();
tellTimes();
document.querySelectorAll("[data-script]").forEach(load);
count();
equip();
if (place) {
  document.addEventListener("visibilitychange", look);
  addEventListener("pageshow", (event) => event.persisted && look());
  setInterval(look, EVERY_MS);
}
