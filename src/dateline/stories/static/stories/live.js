// Ctrl + Enter (⌘ + Enter) posts an entry from wherever in its form one types.
const EDITOR_SAVES_MS = 400; // the editor hands on what was typed a quarter of a second later

const formOf = (event) => event.target.closest?.("form[data-send-with]");

document.addEventListener("keydown", (event) => {
  const form = formOf(event);
  if (!form || event.key !== form.dataset.sendWith || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  event.stopPropagation(); // the editor would break the line
  form.requestSubmit();
}, { capture: true });

document.addEventListener("submit", (event) => {
  const form = formOf(event);
  if (!form) return;
  event.preventDefault();
  form.querySelector("button[type=submit]").disabled = true; // and the key: twice is once
  setTimeout(() => form.submit(), EDITOR_SAVES_MS);
});
