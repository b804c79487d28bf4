/* The story form: long lines are counted and stay one paragraph; a draft that cannot be saved says why. */

document.querySelectorAll("[data-desk-count]").forEach(count);
document.addEventListener("w-autosave:error", (event) => complain(event.detail));
document.addEventListener("w-autosave:success", () => complain({}));

function count(field) {
  const hint = document.createElement("p");
  hint.id = `${field.id}-count`;
  hint.className = "desk-count";
  field.after(hint);
  field.setAttribute("aria-describedby", [field.getAttribute("aria-describedby"), hint.id].filter(Boolean).join(" "));
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.isComposing) event.preventDefault(); // Enter also ends an input method's word
  });
  field.addEventListener("input", () => {
    if (/[\r\n]/.test(field.value)) unbreak(field);
    say();
  });
  say();

  function say() {
    const length = [...field.value].length;
    const limit = field.maxLength > 0 ? ` of ${field.maxLength}` : "";
    const long = field.dataset.deskAdvised && length > Number(field.dataset.deskAdvised);
    hint.textContent = `${length}${limit} characters${long ? `. ${field.dataset.deskAdvice}` : ""}`;
  }
}

/* What was pasted from a document comes in lines. */
function unbreak(field) {
  const caret = field.selectionStart;
  field.value = field.value.replace(/\r\n?|\n/g, " ");
  field.setSelectionRange(caret, caret);
}

/* `problems` come from StoryFormMixin: a sentence each, and the field it is about. */
function complain({ response, text }) {
  const form = document.querySelector("form[data-edit-form]");
  let box = form.querySelector("[data-desk-unsaved]");
  const problems = response?.problems ?? [];
  const all = [text, ...problems.map((problem) => problem.text)].join(" ");
  if (!text) return void box?.remove();
  if (box?.dataset.deskUnsaved === all) return; // what was said is not said again
  box?.remove();
  box = document.createElement("div");
  box.className = "desk-unsaved";
  box.dataset.deskUnsaved = all;
  box.setAttribute("role", "status");
  form.querySelector("footer").before(box);
  const said = document.createElement("p");
  said.textContent = problems.length ? "Not saved yet. What you typed is still in the form." : text;
  box.append(said, ...problems.map(line));
}

function line({ text, field }) {
  const row = document.createElement("p");
  row.append(`${text} `);
  const target = field && document.getElementById(field);
  if (!target) return row;
  const go = document.createElement("button");
  go.type = "button";
  go.className = "button button-small button-secondary";
  go.textContent = "Show me";
  go.addEventListener("click", () => show(target));
  row.append(go);
  return row;
}

function show(field) {
  const tab = field.closest("[role=tabpanel]");
  if (tab) document.querySelector(`[role=tab][aria-controls="${tab.id}"], [role=tab][href="#${tab.id}"]`)?.click();
  requestAnimationFrame(() => {
    field.scrollIntoView({ block: "center" }); // the tab has to be open before it can be reached
    field.focus({ preventScroll: true });
  });
}
