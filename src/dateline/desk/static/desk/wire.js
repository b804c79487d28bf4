/* The live wire list: new items wait behind a button, so that nothing moves under the cursor. */

const EVERY_MS = 2000;
const SLOWEST_MS = 60000;
const MOST_WAITING = 300;

const root = document.querySelector("[data-wire]");
if (root) start(root);
countDown();
setInterval(countDown, 1000);

function start(root) {
  const lines = root.querySelector("[data-wire-lines]");
  const button = root.querySelector("[data-wire-show]");
  const said = root.querySelector("[data-wire-said]");
  let after = root.dataset.wireAfter;
  let waiting = [];
  let wait = EVERY_MS;
  let timer = 0;

  root.querySelector("[data-wire-keys]").hidden = false;
  root.querySelectorAll("[data-wire-filters] select").forEach((select) => {
    select.addEventListener("change", () => select.form.requestSubmit());
  });
  button.addEventListener("click", show);
  document.addEventListener("keydown", (event) => onKey(event, root, { show }));
  if (root.dataset.wireLive === "yes") {
    document.addEventListener("visibilitychange", () => (document.hidden ? clearTimeout(timer) : look()));
    timer = setTimeout(look, wait);
  }

  async function look() {
    clearTimeout(timer);
    try {
      const answer = await ask();
      wait = EVERY_MS;
      take(answer);
    } catch (error) {
      wait = Math.min(wait * 2, SLOWEST_MS);
      said.textContent = `New items cannot be fetched (${error.message}). Trying again.`;
    }
    if (!document.hidden) timer = setTimeout(look, wait);
  }

  async function ask() {
    const query = new URLSearchParams(root.dataset.wireAsked);
    query.set("after", after);
    query.set("shown", [...lines.children].map((line) => line.dataset.id).join(","));
    const response = await fetch(`${root.dataset.wireFresh}?${query}`, {
      headers: { Accept: "application/json" },
    });
    if (response.redirected || response.status === 403) throw new Error("you are signed out: load the page again");
    if (!response.ok) throw new Error(`the desk answers ${response.status}`);
    return response.json();
  }

  function take(answer) {
    after = answer.newest;
    answer.killed.forEach(strike);
    if (answer.count) {
      const holder = document.createElement("template");
      holder.innerHTML = answer.html;
      waiting = [...holder.content.querySelectorAll("tr"), ...waiting].slice(0, MOST_WAITING);
    }
    said.textContent = answer.more ? "More came in than fits: load the page again." : "";
    button.hidden = waiting.length === 0;
    const word = waiting.length === 1 ? "new item" : "new items";
    button.textContent = `${waiting.length} ${word}`;
    document.title = waiting.length ? `(${waiting.length}) Wire` : "Wire";
  }

  function strike(id) {
    const line = document.getElementById(`wire-${id}`);
    if (!line || line.classList.contains("wire-line--killed")) return;
    line.classList.add("wire-line--killed");
    const state = line.querySelector(".wire-state");
    state.className = "wire-state wire-state--killed";
    state.querySelector("use")?.setAttribute("href", "#icon-circle-xmark");
    state.lastChild.textContent = " killed";
    line.querySelector("[data-wire-make]")?.remove();
    said.textContent = `Killed: ${line.querySelector(".wire-title").textContent}`;
  }

  function show() {
    if (!waiting.length) return;
    waiting.forEach((line) => line.classList.add("wire-line--new"));
    lines.prepend(...waiting);
    root.querySelector("[data-wire-empty]")?.remove();
    const first = waiting[0];
    waiting = [];
    button.hidden = true;
    document.title = "Wire";
    first.querySelector("a").focus();
    countDown();
  }
}

function onKey(event, root, { show }) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, select, textarea, [contenteditable], dialog")) return;
  const verbs = {
    j: () => step(root, 1),
    k: () => step(root, -1),
    m: () => document.activeElement.closest(".wire-line")?.querySelector("[data-wire-make]")?.click(),
    n: show,
    "/": () => root.querySelector("input[type=search]").focus(),
  };
  const verb = verbs[event.key];
  if (!verb) return;
  event.preventDefault();
  verb();
}

function step(root, by) {
  const titles = [...root.querySelectorAll(".wire-title")];
  const here = titles.indexOf(document.activeElement.closest(".wire-line")?.querySelector(".wire-title"));
  const next = here < 0 ? 0 : Math.max(0, Math.min(titles.length - 1, here + by));
  titles[next]?.focus();
  titles[next]?.scrollIntoView({ block: "nearest" });
}

/* "until 14:00 JST" becomes "2 h 05 min left", and says when it is over. */
function countDown() {
  document.querySelectorAll("[data-wire-until]").forEach((time) => {
    const left = Math.round((new Date(time.dateTime) - Date.now()) / 1000);
    time.textContent = left > 0 ? `${spell(left)} left` : "over: load the page again";
  });
}

function spell(seconds) {
  const days = Math.floor(seconds / 86400);
  const hours = Math.floor((seconds % 86400) / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  if (days) return `${days} d ${hours} h`;
  if (hours) return `${hours} h ${String(minutes).padStart(2, "0")} min`;
  return `${minutes} min ${String(seconds % 60).padStart(2, "0")} s`;
}
