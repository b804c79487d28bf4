// Tells what is read: docs/explanation/what-is-counted.md says what the numbers mean.

const page = document.querySelector("[data-reading]");
const text = document.querySelector(".story-body");
const told = new Set();
const from = source();
let visible = 0, since = 0, deepest = 0, timer;

function refused() {
  if (navigator.globalPrivacyControl || navigator.doNotTrack === "1") return true;
  try {
    return !!localStorage.getItem("uncounted"); // a reader's own click wrote it
  } catch {
    return false;
  }
}

// Only the class of the place somebody came from leaves the device.
function source() {
  if (location.hash === "#mix") return 6;
  if (/utm_medium=e-?mail/.test(location.search)) return 7;
  if (!document.referrer) return 1;
  const { host } = new URL(document.referrer);
  if (host === location.host) return 5;
  if ([...document.querySelectorAll(".foot-titles a")].some((a) => a.host === host)) return 4;
  if (/\b(google|bing|yahoo|duckduckgo|baidu|naver|yandex|ecosia)\./.test(host)) return 2;
  return /\b(facebook|t|x|instagram|reddit|linkedin|line|bsky)\.\w+$/.test(host) ? 3 : 8;
}

function tell(kind, story = page.dataset.story, how = from) {
  if (told.has(kind + story) || refused()) return;
  told.add(kind + story);
  const seconds = Math.min(43200, Math.floor(visible / 1000));
  navigator.sendBeacon(`/b?1.${story}.${kind}${how}.${seconds}.${deepest}`);
}

function measure() {
  if (!since) return;
  const { top, height } = text.getBoundingClientRect();
  const part = Math.floor(((innerHeight - top) / (height || 1)) * 100);
  deepest = Math.max(deepest, Math.min(100, part));
  if (deepest === 100) tell("3.");
}

function look(event) {
  const now = performance.now();
  clearTimeout(timer);
  if (since) visible += now - since;
  since = document.hidden || event?.type === "pagehide" ? 0 : now;
  if (!since) return told.size && tell("4.");
  tell("1.");
  measure();
  if (visible < 10000) timer = setTimeout(look, 10000 - visible);
  else tell("2.");
}

function begin() {
  look();
  addEventListener("scroll", measure, { passive: true });
  document.addEventListener("visibilitychange", look);
  addEventListener("pagehide", look);
  document.addEventListener("click", ({ target }) => {
    const link = target.closest("a[data-mix]");
    if (link) tell("5.", link.dataset.mix, 6);
  });
}

if (document.prerendering) document.addEventListener("prerenderingchange", begin, { once: true });
else if (text) begin();
