// Brings what is one reader's own into a thread: the form, votes, muted people; asks now and then
// whether there is more. Without it every link leads to a page that does the same.

const EVERY_MS = 30_000;
const JSON_ONLY = { Accept: "application/json" };
const thread = document.querySelector("[data-thread]"); // on a page that everybody shares
const at = thread?.dataset.thread;
let token = document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";

async function ask(address, options) {
  try {
    return await fetch(address, options);
  } catch {
    return null; // offline, or the site is: the page stays as it is
  }
}

// What a browser keeps for us; nothing where its reader does not want that.
function shelf(name) {
  try {
    return window[name];
  } catch {
    return { getItem: () => null, setItem() {}, removeItem() {} };
  }
}

const [drafts, visit] = [shelf("localStorage"), shelf("sessionStorage")];

function drawn(html) {
  const holder = document.createElement("template");
  holder.innerHTML = html; // ours, of this host, escaped where it was drawn
  return holder.content;
}

// Drafts: kept once something was typed, forgotten once it was taken.

function keepDrafts(form) {
  const text = form.elements.namedItem("text");
  // Of this reader: the next one at this browser is not shown it.
  const name = `draft:${form.dataset.draft}:${form.action}:${form.elements.namedItem("answers")?.value ?? ""}`;
  const kept = drafts.getItem(name);
  if (kept && !text.value) text.value = kept;
  text.addEventListener("input", () => {
    if (text.value.trim()) drafts.setItem(name, text.value);
    else drafts.removeItem(name);
  });
  form.addEventListener("submit", () => visit.setItem("sent", name));
}

function forgetSent() {
  const name = visit.getItem("sent");
  visit.removeItem("sent");
  // What was refused stands in the form again; what was taken is said to be.
  if (name && document.querySelector(".said")) drafts.removeItem(name);
}

// Votes: a press is sent, and the page says what it came to.

async function vote(button) {
  const [row, address] = [button.closest(".comment"), button.formAction || `${button.href.split("#")[0]}/vote`];
  const body = new URLSearchParams({ value: button.value || button.dataset.vote });
  const answer = await ask(address, { method: "POST", body, headers: { ...JSON_ONLY, "X-CSRFToken": token } });
  const told = await answer?.json().catch(() => null);
  if (!told) return location.assign(`${button.href || row.querySelector(".comment-time").href}`);
  if (told.problem) return say(row, told.problem);
  show(row, Number(body.get("value")));
  if (told.score) row.querySelector(".score").textContent = told.score;
}

function show(row, value) {
  for (const button of row.querySelectorAll(":scope > .comment-foot .vote")) {
    button.dataset.side ??= button.dataset.vote ?? (button.matches(":first-child") ? "1" : "-1");
    const pressed = Number(button.dataset.side) === value;
    button.setAttribute("aria-pressed", pressed);
    button.setAttribute("role", "button");
    if (button.value) button.value = pressed ? "0" : button.dataset.side;
    else button.dataset.vote = pressed ? "0" : button.dataset.side;
  }
}

function say(row, words) {
  row.querySelector(".form-problem")?.remove();
  const problem = document.createElement("p");
  problem.className = "form-problem";
  problem.setAttribute("role", "alert");
  problem.textContent = words;
  row.append(problem);
}

// Answers: the form comes to the comment.

function answer(link, form) {
  const row = link.closest(".comment");
  const own = row.querySelector(":scope > .inline-form");
  if (own) return own.remove();
  const copy = form.cloneNode(true);
  copy.classList.add("inline-form");
  const id = row.id.replace("comment-", "");
  const answers = document.createElement("input");
  Object.assign(answers, { type: "hidden", name: "answers", value: id });
  copy.append(answers);
  for (const part of copy.querySelectorAll("[id]")) part.id += `-${id}`;
  for (const part of copy.querySelectorAll("[for]")) part.htmlFor += `-${id}`;
  for (const part of copy.querySelectorAll("[aria-describedby]")) part.setAttribute("aria-describedby", `text-hint-${id}`);
  copy.elements.namedItem("key").value = crypto.randomUUID?.() ?? `${Date.now()}-${id}`;
  copy.elements.namedItem("text").value = "";
  row.append(copy);
  keepDrafts(copy);
  copy.elements.namedItem("text").focus();
}

// More replies come in place of their link; where they do not come, the link leads to them.

const told = document.createElement("p");

async function unfold(link) {
  const place = link.closest("li");
  if (place.ariaBusy) return;
  place.ariaBusy = "true";
  const answer = await ask(link.href, { cache: "no-store" });
  const page = answer?.ok && new DOMParser().parseFromString(await answer.text(), "text/html");
  const words = page && page.querySelector("[data-opened]")?.dataset.opened;
  if (!words) return location.assign(link.href);
  const rows = [...page.querySelectorAll(".comments > li")].filter((row) => !document.getElementById(row.id));
  const further = page.querySelector(".thread-more a");
  if (further) {
    link.href = further.href;
    link.textContent = further.textContent;
    place.ariaBusy = null;
    place.before(...rows);
  } else place.replaceWith(...rows);
  const first = rows[0] ?? thread ?? document.querySelector(".thread");
  first.tabIndex = -1;
  first.focus({ preventScroll: true });
  told.textContent = words.replace("{}", rows.filter((row) => row.id).length);
}

document.addEventListener("click", (event) => {
  const more = event.target.closest(".comment-more a");
  if (more && !(event.metaKey || event.ctrlKey || event.shiftKey)) {
    event.preventDefault();
    return unfold(more);
  }
  const button = event.target.closest(".vote");
  const link = event.target.closest(".comment-reply");
  const form = document.querySelector("#write .comment-form");
  if (event.metaKey || event.ctrlKey || !token) return;
  if (button) {
    event.preventDefault();
    vote(button);
  } else if (link && form) {
    event.preventDefault();
    answer(link, form);
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== " " || !event.target.matches("a.vote[role=button]")) return;
  event.preventDefault();
  event.target.click();
});

// The shared page: who reads it, and what is theirs.

async function greet() {
  if (!/(?:^|; )known=/.test(document.cookie)) return;
  const answer = await ask(`${at}mine.json`, { cache: "no-store" });
  const mine = answer?.ok ? await answer.json() : {};
  if (!mine.signed_in) return;
  token = mine.token;
  for (const row of document.querySelectorAll(".comment")) own(row, mine);
  const join = document.querySelector(".join");
  if (!join) return;
  const write = document.createElement("section");
  write.className = "write";
  write.id = "write";
  write.append(drawn(mine.form), drawn(mine.yours));
  join.replaceWith(write);
  const door = document.querySelector(".thread-join a");
  door.textContent = door.dataset.write;
  door.href = "#write";
  keepDrafts(write.querySelector("form"));
}

function own(row, mine) {
  const id = Number(row.id.replace("comment-", ""));
  const author = row.querySelector("a.comment-author")?.pathname.split("/")[2];
  if (mine.own.includes(id)) {
    row.querySelectorAll(".vote").forEach((button) => button.remove());
    const report = row.querySelector(".comment-report");
    report?.replaceWith(...(mine.editable.includes(id) ? [link(row, mine.words.edit, "edit")] : []), link(row, mine.words.delete, "delete"));
  } else show(row, mine.votes[id] ?? 0);
  if (mine.muted.includes(author)) mute(row, mine.words.muted);
}

function link(row, words, fragment) {
  const made = document.createElement("a");
  made.href = `${row.querySelector(".comment-time").href}#${fragment}`;
  made.textContent = words;
  return made;
}

function mute(row, words) {
  const box = document.createElement("details");
  const head = document.createElement("summary");
  box.className = "comment-muted";
  head.textContent = words.replace("{}", row.querySelector(".comment-author").textContent);
  box.append(head, ...row.querySelectorAll(":scope > .comment-quote, :scope > .comment-text"));
  row.querySelector(".comment-head").after(box);
}

// New comments: told, never pushed between the lines.

let looking;

async function look() {
  if (document.visibilityState !== "visible") return;
  const answer = await ask(`${at}new.json`, { cache: "no-cache" });
  if ([410, 451].includes(answer?.status)) clearInterval(looking); // the story went while its page was open
  if (!answer?.ok) return;
  const more = (await answer.json()).count - Number(thread.dataset.count);
  const place = thread.querySelector(".thread-new");
  if (more < 1) return place.replaceChildren();
  const made = place.querySelector("a") ?? document.createElement("a");
  made.className = "button";
  made.href = `${at}?order=newest#comments`;
  made.textContent = (more === 1 ? place.dataset.one : place.dataset.many).replace("{}", more);
  if (!made.isConnected) place.append(made);
}

told.className = "unseen";
told.setAttribute("role", "status");
if (document.querySelector(".comment-more")) document.querySelector(".thread").append(told);
forgetSent();
document.querySelectorAll("[data-draft]").forEach(keepDrafts);
if (thread) {
  greet();
  document.addEventListener("visibilitychange", look);
  looking = setInterval(look, EVERY_MS);
}
const shown = document.querySelector("[data-shown]");
if (shown && !location.hash) document.getElementById(shown.dataset.shown)?.classList.add("is-shown");
