// Ctrl + Enter (⌘ + Enter) posts an entry from wherever in its form one types.
for (const form of document.querySelectorAll("form[data-send-with]")) {
  form.addEventListener("keydown", (event) => {
    if (event.key !== form.dataset.sendWith || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    event.stopPropagation(); // the editor would break the line
    form.requestSubmit();
  }, { capture: true });
  form.addEventListener("submit", () => {
    form.querySelector("button[type=submit]").disabled = true; // twice is once: the key sees to it
  });
}
