// Shows what is pushed, and opens its story on a click. Where a reader asked for it, and only there,
// it keeps the front and the last stories that were read for when there is no connection.

const KEPT = "kept"; // it exists in browsers whose reader asked for it: see offline.js
const DRESS = "kept-dress";
const MOST = 30;
const MOST_DRESS = 24;
const AGAIN_MS = 600_000;
const OFFLINE = "/offline/";
const STORY = /^(?:\/lite)?\/[\w-]+\/[\w%-]*-\d+$/;
const TAKEN_DOWN = new Set([410, 451]);
const GONE = new Set([404, ...TAKEN_DOWN]);
let asked = 0;

async function show(event) {
  const said = event.data?.json()?.notification;
  if (!said) return;
  const { title, navigate, ...rest } = said;
  await registration.showNotification(title, { ...rest, data: { url: navigate } });
}

// What may not be read is not left standing: a notice goes with its story.
async function tidy() {
  const shown = await registration.getNotifications();
  await Promise.all(shown.map(async (notice) => {
    const answer = await fetch(notice.data.url, { method: "HEAD" }).catch(() => null);
    if (TAKEN_DOWN.has(answer?.status)) notice.close();
  }));
}

async function open(url) {
  const pages = await clients.matchAll({ type: "window", includeUncontrolled: true });
  const there = pages.find((page) => page.url === url);
  await (there ? there.focus() : clients.openWindow(url));
  await tidy();
}

const isKeepable = (path) => path === "/" || path === OFFLINE || STORY.test(path);

// Only what every reader may share: never a page that is for one person.
const isShared = (answer) => answer.ok && !answer.redirected
  && !/private|no-store/.test(answer.headers.get("Cache-Control") ?? "");

async function trim(cache, most) {
  const kept = (await cache.keys()).filter((one) => ![OFFLINE, "/"].includes(new URL(one.url).pathname));
  await Promise.all(kept.slice(0, Math.max(0, kept.length - most)).map((one) => cache.delete(one)));
}

async function keep(url, answer) {
  const cache = await caches.open(KEPT);
  await cache.delete(url, { ignoreSearch: true }); // so that the newest is the last
  if (!GONE.has(answer.status) && isShared(answer)) await cache.put(url, answer);
  await trim(cache, MOST);
  if (Date.now() - asked > AGAIN_MS) await drop(cache);
}

// A story that was killed since must not wait on this device: all are asked for now and then.
async function drop(cache) {
  asked = Date.now();
  for (const request of await cache.keys()) {
    const answer = await fetch(request.url, { method: "HEAD", cache: "no-cache" }).catch(() => null);
    if (GONE.has(answer?.status)) await cache.delete(request);
  }
}

async function page(event, path) {
  const url = new URL(path, location.origin).href;
  const answer = await fetch(event.request).catch(() => null);
  if (answer) {
    if (isKeepable(path)) event.waitUntil(keep(url, answer.clone()));
    return answer;
  }
  return await caches.match(url, { cacheName: KEPT }) ?? await caches.match(OFFLINE, { cacheName: KEPT })
    ?? Response.error();
}

async function dress(event) {
  const cache = await caches.open(DRESS);
  const kept = await cache.match(event.request);
  if (kept) return kept;
  const answer = await fetch(event.request);
  if (isShared(answer)) {
    await cache.put(event.request, answer.clone());
    await trim(cache, MOST_DRESS);
  }
  return answer;
}

async function answer(event, url) {
  if (!(await caches.has(KEPT))) return fetch(event.request);
  return event.request.mode === "navigate" ? page(event, url.pathname) : dress(event);
}

// Sheets, faces and modules carry their version in their address: what is kept is never old.
const isDress = (request, url) => ["style", "font", "script"].includes(request.destination)
  && (url.pathname.startsWith("/static/") || url.searchParams.has("v"));

addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== location.origin) return;
  if (event.request.mode !== "navigate" && !isDress(event.request, url)) return;
  event.respondWith(answer(event, url));
});
addEventListener("push", (event) => event.waitUntil(show(event)));
addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(open(event.notification.data.url));
});
addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
