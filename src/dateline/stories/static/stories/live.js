// Ctrl + Enter (⌘ + Enter) posts an entry from wherever in its form one types.
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
  if (form) form.querySelector("button[type=submit]").disabled = true; // and the key: twice is once
});
