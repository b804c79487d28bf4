// Fills the offers of a page from one small list that every reader is given alike, and counts them.
// Nothing is known of the reader: a random number of this view draws. Without it our own offer stays.

const LIST = "/offers.json";
const COUNT = "/p/seen";
const AGAIN_MS = 45_000; // how soon an open page hears of a kill
const IN_VIEW = 0.5;
const IN_VIEW_MS = 1_000;
const GATHER_MS = 2_000;
const AGREED = "offers-remember"; // set by the reader's own tick, and by nothing else
const SEEN = "offers-seen";
const HOUR_MS = 3_600_000;
const NEAR = { rootMargin: "300px" };

// The draw: number for number that of domain/draw.py.

export function unit(seed, ...words) {
  let n = 0x811c9dc5;
  for (const byte of new TextEncoder().encode([seed, ...words].join(":"))) {
    n = Math.imul(n ^ byte, 0x01000193);
  }
  n = Math.imul(n ^ (n >>> 16), 0x85ebca6b);
  n = Math.imul(n ^ (n >>> 13), 0xc2b2ae35);
  return ((n ^ (n >>> 16)) >>> 0) / 2 ** 32;
}

function weighed(entries, seed, slot) {
  let left = unit(seed, "rest", slot) * entries.reduce((sum, entry) => sum + entry.weight, 0);
  return entries.slice(0, -1).find((entry) => (left -= entry.weight) < 0) ?? entries.at(-1);
}

export function draw(entries, seed, slot) {
  const of = (tier) => entries.filter((entry) => entry.tier === tier);
  const show = (entry) => {
    const ads = entry.ads.filter((ad) => ad.names[slot]);
    return { entry, ad: ads[Math.floor(unit(seed, entry.id, "creative", slot) * ads.length)] };
  };
  const takeovers = of("takeover");
  if (takeovers.length) return { shown: show(weighed(takeovers, seed, slot)), chances: [] };
  const promised = of("guaranteed");
  const chances = promised.map(show);
  const luck = (entry) => unit(seed, entry.id, slot);
  const lucky = promised.filter((entry) => luck(entry) < entry.share);
  lucky.sort((a, b) => luck(a) / a.share - luck(b) / b.share || a.id - b.id);
  const rest = [of("share"), of("house")].find((some) => some.length);
  const entry = lucky[0] ?? (rest && weighed(rest, seed, slot));
  return { shown: entry && show(entry), chances };
}

export function fits(entry, place) {
  const some = (wish, there) => wish.some((one) => there.includes(one));
  const wanted = [
    [entry.sections, place.sections],
    [entry.topics, place.topics],
    [entry.languages, [place.language]],
  ];
  return (
    entry.ads.some((ad) => ad.names[place.slot]) &&
    wanted.every(([wish, there]) => !wish.length || some(wish, there)) &&
    !some(entry.not_sections, place.sections) &&
    !some(entry.not_topics, place.topics)
  );
}

// What this device remembers, where its reader agreed to that.

const kept = {
  get on() {
    try {
      return localStorage.getItem(AGREED) === "yes";
    } catch {
      return false; // storage is switched off
    }
  },
  agree(yes) {
    try {
      if (yes) localStorage.setItem(AGREED, "yes");
      else for (const name of [AGREED, SEEN]) localStorage.removeItem(name);
    } catch {
      // as above: then nothing is remembered
    }
  },
  read() {
    try {
      return (kept.on && JSON.parse(localStorage.getItem(SEEN))) || {};
    } catch {
      return {};
    }
  },
  note({ id, cap }) {
    if (!kept.on || !cap[0]) return;
    const all = kept.read();
    const since = Date.now() - cap[1] * HOUR_MS;
    all[id] = [...(all[id] ?? []).filter((at) => at > since), Date.now()];
    try {
      localStorage.setItem(SEEN, JSON.stringify(all));
    } catch {
      // full: the cap holds for this page only
    }
  },
  capped({ id, cap }) {
    const since = Date.now() - cap[1] * HOUR_MS;
    return cap[0] > 0 && (kept.read()[id] ?? []).filter((at) => at > since).length >= cap[0];
  },
};

// Counting: gathered, sent without an identifier, and not at all where the browser asks so.

const told = [];
let soon = 0;

function send() {
  soon = clearTimeout(soon);
  if (told.length) navigator.sendBeacon(COUNT, JSON.stringify(told.splice(0)));
}

function tell(event, name) {
  if (navigator.globalPrivacyControl) return;
  told.push([event, name]);
  soon ||= setTimeout(send, GATHER_MS);
}

// A second in view without a break, in a tab that has the focus. What counts is when a thing was,
// not when this script had its turn: on a busy device that is later.

function onceSeen(box, act) {
  let timer = 0;
  let since = 0;
  let inView = false;
  const look = (at) => {
    const counts = inView && document.visibilityState === "visible" && document.hasFocus();
    if (counts && !timer) {
      since = at;
      timer = setTimeout(done, Math.max(0, IN_VIEW_MS + at - performance.now()));
    } else if (!counts && timer) {
      timer = clearTimeout(timer);
      if (at - since >= IN_VIEW_MS) done();
    }
  };
  const hear = ({ timeStamp }) => look(timeStamp);
  const watch = new IntersectionObserver(
    (seen) => {
      for (const { intersectionRatio, time } of seen) {
        inView = intersectionRatio >= IN_VIEW;
        look(time);
      }
    },
    { threshold: IN_VIEW },
  );
  const stop = () => {
    watch.disconnect();
    timer = clearTimeout(timer);
    for (const name of ["focus", "blur"]) removeEventListener(name, hear);
    document.removeEventListener("visibilitychange", hear);
  };
  const done = () => {
    stop();
    act();
  };
  for (const name of ["focus", "blur"]) addEventListener(name, hear);
  document.addEventListener("visibilitychange", hear);
  watch.observe(box);
  return stop;
}

// The box of an offer: label, rel and order are the template's; only words are put in.

async function copy(code, say, slot) {
  try {
    await navigator.clipboard.writeText(code.textContent);
    say.textContent = slot.dataset.copied;
  } catch {
    getSelection().selectAllChildren(code); // not allowed here: the reader's own keys do it
    say.textContent = slot.dataset.byHand;
  }
}

function boxOf(slot, { entry, ad }) {
  const box = slot.querySelector("template").content.cloneNode(true).firstElementChild;
  const at = (name) => box.querySelector(`.offer-${name}`);
  const name = ad.names[slot.dataset.offer];
  at("label").textContent = entry.label;
  at("kind").textContent = ad.kicker;
  at("headline").firstElementChild.textContent = ad.headline;
  at("words").textContent = ad.text;
  const go = at("go"); // the mix has a link only: no button, no code, nothing to tick
  if (go && ad.cta) go.textContent = ad.cta;
  for (const link of box.querySelectorAll("a")) link.href = `/p/c/${name}`;
  const picture = at("picture");
  if (ad.picture) Object.assign(picture, ad.picture);
  else picture.remove();
  if (ad.code && at("code")) {
    const code = at("code").querySelector("code");
    code.textContent = ad.code;
    at("copy").addEventListener("click", async () => {
      tell("copy", name);
      await copy(code, at("say"), slot);
    });
  } else at("code")?.remove();
  const tick = box.querySelector("input");
  if (tick) {
    tick.checked = kept.on;
    tick.addEventListener("change", () => kept.agree(tick.checked));
  }
  return box;
}

const seed = crypto.getRandomValues(new Uint32Array(1))[0];
const standing = new Map(); // slot -> { id, box, own, stop }

function fill(slot, offers) {
  const data = slot.dataset;
  const words = (text) => text.split(" ").filter(Boolean);
  const place = {
    slot: data.offer,
    language: data.language,
    sections: words(data.sections),
    topics: words(data.topics),
  };
  const here = new Set([...standing.values()].map(({ id }) => id)); // once a page, whatever is agreed
  const able = offers.filter((one) => !here.has(one.id) && fits(one, place) && !kept.capped(one));
  const { shown, chances } = draw(able, seed, place.slot);
  const stories = document.querySelectorAll(".mix-item:not(.mix-offer)");
  const story = stories[data.at]; // only hidden, for it is freshened where it is
  const own = story ?? slot.querySelector(".offer-box");
  const box = shown ? boxOf(slot, shown) : own;
  if (shown) own[story ? "before" : "replaceWith"](box);
  if (shown && story) story.hidden = true;
  const stop = onceSeen(box, () => {
    for (const { ad } of chances) tell("chance", ad.names[place.slot]);
    if (!shown) return;
    tell("viewable", shown.ad.names[place.slot]);
    kept.note(shown.entry);
  });
  standing.set(slot, { id: shown?.entry.id, box, own, stop });
}

async function ask() {
  try {
    const answer = await fetch(LIST, { cache: "no-cache" });
    return answer.ok ? (await answer.json()).offers : [];
  } catch {
    return null; // offline: what stands, stands
  }
}

// Taken back: what stood there before stands there again, in the mix the newest story of that place.
function takeBack({ box, own }) {
  if (!box.matches(".mix-item")) return box.replaceWith(own);
  if (box.nextElementSibling) box.nextElementSibling.hidden = false;
  box.remove();
}

let list = null;

// The look of what only offers have comes with the first of them, and before it.
const dressed = new Map();

function dress({ dataset: { style } }) {
  if (!dressed.has(style)) {
    const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href: style });
    dressed.set(style, new Promise((done) => Object.assign(link, { onload: done, onerror: done })));
    document.head.append(link);
  }
  return dressed.get(style);
}

async function look() {
  if (document.visibilityState !== "visible" || !standing.size) return;
  const offers = await ask();
  if (!offers) return;
  list = Promise.resolve(offers);
  for (const [, one] of standing) {
    if (one.id === undefined || offers.some(({ id }) => id === one.id)) continue;
    one.stop();
    takeBack(one);
    one.id = undefined;
  }
}

if (globalThis.document) {
  const near = new IntersectionObserver(async (seen) => {
    for (const { target, isIntersecting } of seen) {
      if (!isIntersecting) continue;
      near.unobserve(target);
      const [offers] = await Promise.all([(list ??= ask()), dress(target)]);
      fill(target, offers ?? []);
    }
  }, NEAR);
  for (const slot of document.querySelectorAll("[data-offer]")) near.observe(slot);
  setInterval(look, AGAIN_MS);
  addEventListener("pageshow", (event) => event.persisted && look());
  addEventListener("pagehide", send);
  document.addEventListener("visibilitychange", () => (document.hidden ? send() : look()));
}
