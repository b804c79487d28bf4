/* The moderators' screens: keys, and actions that post without loading the page. */

const root = document.querySelector("[data-mod]");
if (root) start(root);

function start(root) {
  const said = root.querySelector("[data-mod-said]");
  const done = []; // ids of what was dealt with here, the latest last: for undo
  const dialog = root.querySelector("[data-mod-dialog]");

  root.querySelector("[data-mod-keys]")?.removeAttribute("hidden");
  root.querySelector("[data-mod-help]")?.addEventListener("click", () => dialog.showModal());
  root.querySelector("[data-mod-filter]")?.addEventListener("change", (event) => event.target.form.requestSubmit());
  root.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-mod-act]")) return;
    event.preventDefault();
    act(event.target, event.submitter);
  });
  document.addEventListener("keydown", onKey);

  /* Post one action. The focus goes on at once; the row follows when the answer is here. */
  async function act(form, submitter) {
    const row = form.closest("[data-mod-row]");
    if (row.hasAttribute("aria-busy")) return;
    row.setAttribute("aria-busy", "true");
    const undoing = form.hasAttribute("data-mod-undo");
    const stays = undoing || submitter?.dataset.modKey === "f";
    if (!stays) {
      done.push(row.id); // now: answers may come in another order
      focus(after(row));
    }
    let answer;
    try {
      answer = await post(form, submitter);
    } catch (error) {
      row.removeAttribute("aria-busy");
      if (!stays) forget(row.id);
      tell(`Nothing was done: ${error.message}. Try again.`);
      focus(row);
      return;
    }
    const fresh = swap(row, answer.body.html);
    tell(answer.body.said);
    recount(answer.body.waiting);
    if (undoing || !answer.ok) forget(row.id);
    if (stays || !answer.ok) focus(fresh);
  }

  async function post(form, submitter) {
    const response = await fetch(form.action, {
      method: "POST",
      body: new FormData(form, submitter),
      headers: { Accept: "application/json", "X-Requested-With": "XMLHttpRequest" },
    });
    const kind = response.headers.get("Content-Type") || "";
    if (response.redirected || !kind.startsWith("application/json")) {
      throw new Error(response.status === 403 || response.redirected ? "you may be signed out" : `the desk answers ${response.status}`);
    }
    return { ok: response.ok, body: await response.json() };
  }

  function swap(row, html) {
    const holder = document.createElement("template");
    holder.innerHTML = html;
    const fresh = holder.content.querySelector("[data-mod-row]");
    const had = row.contains(document.activeElement);
    if (!fresh) return row;
    row.replaceWith(fresh);
    if (had) focus(fresh);
    return fresh;
  }

  function forget(id) {
    const at = done.indexOf(id);
    if (at >= 0) done.splice(at, 1);
  }

  function tell(words) {
    said.textContent = words;
  }

  function recount(waiting) {
    for (const [queue, number] of Object.entries(waiting)) {
      const count = root.querySelector(`[data-mod-count="${queue}"]`);
      if (count) count.textContent = number;
    }
  }

  function rows() {
    return [...root.querySelectorAll("[data-mod-row]")];
  }

  function here() {
    return document.activeElement?.closest("[data-mod-row]");
  }

  /* The next comment that nobody has dealt with, or the end of the page. */
  function after(row) {
    const all = rows();
    const next = all.slice(all.indexOf(row) + 1).find((one) => !one.hasAttribute("data-mod-dealt") && !one.hasAttribute("aria-busy"));
    return next || root.querySelector("[data-mod-next]") || root.querySelector("[data-mod-end]") || row;
  }

  function focus(element) {
    element.focus({ preventScroll: true });
    element.scrollIntoView({ block: "nearest" });
  }

  function step(by) {
    const all = rows();
    const at = all.indexOf(here());
    if (by > 0 && at === all.length - 1) return focus(root.querySelector("[data-mod-next]") || all[at] || said);
    const next = at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.max(0, at + by);
    if (all[next]) focus(all[next]);
  }

  function press(key) {
    here()?.querySelector(`[data-mod-key="${key}"]`)?.click();
  }

  function openRemoval() {
    const details = here()?.querySelector("[data-mod-remove]");
    if (!details) return;
    details.open = true;
    details.querySelector("input[type=radio]").focus();
    details.scrollIntoView({ block: "nearest" });
  }

  function undo() {
    const own = here()?.querySelector("[data-mod-undo]");
    const last = done.length ? document.getElementById(done.at(-1)) : null;
    if (!own && last?.hasAttribute("aria-busy")) return tell("It is being done. Press u again.");
    (own || last?.querySelector("[data-mod-undo]"))?.requestSubmit();
  }

  function inRemoval(event) {
    const details = event.target.closest("[data-mod-remove]");
    if (!details?.open) return false;
    if (event.key === "Escape") {
      details.open = false;
      focus(details.closest("[data-mod-row]"));
      return true;
    }
    const radio = /^[1-9]$/.test(event.key) && !event.target.matches("textarea") && details.querySelector(`input[name="rule"][value="${event.key}"]`);
    if (!radio) return false;
    radio.checked = true;
    radio.focus();
    return true;
  }

  function onKey(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || dialog?.open) return;
    if (inRemoval(event)) return event.preventDefault();
    if (event.target.closest("input:not([type=radio]), select, textarea, [contenteditable], dialog")) return;
    const verbs = {
      j: () => step(1),
      k: () => step(-1),
      a: () => press("a"),
      h: () => press("h"),
      f: () => press("f"),
      d: openRemoval,
      u: undo,
      p: () => here()?.querySelector("[data-mod-person]")?.click(),
      "?": () => dialog?.showModal(),
    };
    const verb = verbs[event.key];
    if (!verb) return;
    event.preventDefault();
    verb();
  }
}
