// Keys for the screen that asks what a notice means. Everything works without them.
const ticks = [...document.querySelectorAll("[data-decide-tick]")];
const keys = document.querySelector("[data-decide-keys]");
const reason = document.getElementById("decide-reason");
const whyNot = document.getElementById("decide-why-not");

function step(by) {
  const at = ticks.indexOf(document.activeElement);
  const next = at < 0 ? (by > 0 ? 0 : ticks.length - 1) : at + by;
  ticks[Math.min(Math.max(next, 0), ticks.length - 1)]?.focus();
}

const does = {
  j: () => step(1),
  k: () => step(-1),
  r: () => reason.focus(),
  x: () => whyNot.focus(),
};

if (keys && reason && whyNot) {
  keys.hidden = false;
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("textarea, select, input:not([type=checkbox])");
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    // Return on a ticked box would send the form: only the button may kill.
    if (event.key === "Enter" && ticks.includes(event.target)) event.preventDefault();
    if (typing || !does[event.key]) return;
    event.preventDefault();
    does[event.key]();
  });
}
