// The page of alerts: asks the browser only after a click, and keeps what was chosen.

const box = document.querySelector("[data-alerts]");
const form = box.querySelector("form");
const [on, off, rest] = ["on", "off", "pause"].map((name) => box.querySelector(`[data-${name}]`));
const status = box.querySelector("[role=status]");
const said = box.dataset;
const [kind, subject] = [said.kind, Number(said.subject)];

const say = (text) => { status.textContent = text; };
const key = Uint8Array.from(said.key.match(/../g) ?? [], (two) => parseInt(two, 16));
const minutes = (text) => { const [h, m] = text.split(":").map(Number); return h * 60 + m; };
const clock = (n) => `${Math.floor(n / 60)}`.padStart(2, "0") + ":" + `${n % 60}`.padStart(2, "0");
const checked = (name) => [...form.querySelectorAll(`[name=${name}]:checked`)].map((one) => Number(one.value));

async function ask(what, words) {
  const answer = await fetch(`/alerts/${what}`, {
    method: "POST", body: JSON.stringify(words), headers: { "Content-Type": "application/json" },
  }).catch(() => null);
  return answer?.ok ? answer.json() : null;
}

const worker = () => navigator.serviceWorker.getRegistration("/");
const subscription = async () => (await worker())?.pushManager.getSubscription();

function words(sub) {
  const { endpoint, keys } = sub.toJSON();
  const quiet = form.quiet.checked ? [minutes(form.from.value), minutes(form.to.value)] : null;
  return {
    endpoint, p256dh: keys.p256dh, auth: keys.auth, breaking: form.breaking.checked,
    topics: checked("topic"), stories: checked("story"), quiet, zone: form.zone.value,
    caps: ["cap_breaking", "cap_topic", "cap_story"].map((name) => Number(form[name].value)),
  };
}

function tick(name, { id, name: text }) {
  const found = form.querySelector(`[name=${name}][value="${id}"]`);
  if (found) { found.checked = true; return; }
  const label = document.createElement("label");
  const input = Object.assign(document.createElement("input"), { type: "checkbox", name, value: id, checked: true });
  label.append(input, ` ${text}`);
  form.querySelector(`[data-list=${name}]`).append(label);
  form.querySelector(`[data-list=${name}]`).hidden = false;
}

function show(mine) {
  form.breaking.checked = mine.breaking;
  mine.topics.forEach((one) => tick("topic", one));
  mine.stories.forEach((one) => tick("story", one));
  form.quiet.checked = !!mine.quiet;
  if (mine.quiet) [form.from.value, form.to.value] = mine.quiet.map(clock);
  ["cap_breaking", "cap_topic", "cap_story"].forEach((name, n) => { form[name].value = mine.caps[n]; });
  form.zone.value = mine.zone;
  rest.textContent = mine.paused ? said.resume : said.pause;
  rest.dataset.pause = mine.paused ? "" : "1";
  if (mine.paused) say(said.paused.replace("{}", new Date(mine.paused).toLocaleDateString(document.documentElement.lang)));
}

function opened(isOn) {
  form.hidden = false;
  on.hidden = isOn;
  on.nextElementSibling.hidden = isOn;
  box.querySelector("[data-kept]").hidden = !isOn;
}

async function begin() {
  if (await Notification.requestPermission() !== "granted") return say(said.denied);
  await navigator.serviceWorker.register("/service-worker.js");
  const ready = await navigator.serviceWorker.ready;
  const made = await ready.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key }).catch(() => null);
  if (!made) return say(said.unreachable);
  await keep(made, said.ison);
}

async function keep(sub, text) {
  const mine = await ask("keep", words(sub));
  if (!mine) return say(said.refused);
  say(text);
  show(mine);
  opened(true);
}

async function end() {
  const sub = await subscription();
  if (sub) {
    await ask("leave", { endpoint: sub.endpoint });
    await sub.unsubscribe();
  }
  opened(false);
  say(said.isoff);
}

// Some devices have alerts only for what stands on their home screen; the others need no manifest.
function offerHomeScreen() {
  document.head.append(Object.assign(document.createElement("link"), { rel: "manifest", href: "/manifest.webmanifest" }));
  say(said.cannot);
}

async function start() {
  if (!("serviceWorker" in navigator && "PushManager" in window && key.length)) return offerHomeScreen();
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  for (const zone of new Set([here, "UTC", ...Intl.supportedValuesOf("timeZone")])) form.zone.add(new Option(zone.replaceAll("_", " "), zone));
  form.zone.value = here;
  const sub = await subscription();
  const mine = sub && await ask("mine", { endpoint: sub.endpoint });
  opened(!!mine);
  if (mine) {
    say(said.ison);
    show(mine);
    if (kind) form.querySelector(`[name=${kind}][value="${subject}"]`).checked = true;
  }
  on.addEventListener("click", begin);
  off.addEventListener("click", end);
  rest.addEventListener("click", async () => {
    const paused = await ask("pause", { endpoint: (await subscription()).endpoint, on: !!rest.dataset.pause });
    if (paused) { say(said.ison); show(paused); }
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const now = await subscription();
    if (now) await keep(now, said.kept);
    else await begin();
  });
}

start();
