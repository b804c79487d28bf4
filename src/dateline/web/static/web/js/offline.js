// The switch for reading offline, and the list of what is kept. Nothing is kept before a click.

const page = document.querySelector("[data-offline]");
const { keep, stop, on, none, away } = page.dataset;
const [status, button, list] = ["[role=status]", "button", ".kept-stories"].map((one) => page.querySelector(one));
const KEPT = "kept";
const OWN = new Set(["/", "/offline/"]);

async function line(cache, request) {
  const path = new URL(request.url).pathname;
  if (OWN.has(path)) return null;
  const text = await (await cache.match(request)).text();
  const found = new DOMParser().parseFromString(text, "text/html");
  const link = document.createElement("a");
  link.href = path;
  link.textContent = found.querySelector("h1")?.textContent.trim() || path;
  link.lang = found.querySelector("article[lang]")?.lang ?? "";
  const item = document.createElement("li");
  item.append(link);
  return item;
}

async function show() {
  const isOn = await caches.has(KEPT);
  button.textContent = isOn ? stop : keep;
  button.parentElement.hidden = false;
  if (!isOn) return list.replaceChildren();
  const cache = await caches.open(KEPT);
  const lines = await Promise.all((await cache.keys()).reverse().map((one) => line(cache, one)));
  list.replaceChildren(...lines.filter(Boolean));
  status.textContent = `${navigator.onLine ? on : away} ${list.children.length ? "" : none}`.trim();
}

async function begin() {
  await navigator.serviceWorker.register("/service-worker.js");
  const cache = await caches.open(KEPT);
  await cache.addAll([...OWN]);
}

// Who takes alerts keeps the worker: it shows them. What it kept is gone all the same.
async function end() {
  await Promise.all(["kept", "kept-dress"].map((name) => caches.delete(name)));
  status.textContent = "";
  const worker = await navigator.serviceWorker.getRegistration();
  if (worker && !(await worker.pushManager?.getSubscription())) await worker.unregister();
}

if ("serviceWorker" in navigator && "caches" in window) {
  button.addEventListener("click", async () => {
    await ((await caches.has(KEPT)) ? end() : begin());
    await show();
  });
  show();
}
