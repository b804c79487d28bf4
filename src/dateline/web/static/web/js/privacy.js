// The switch that ends counting in this browser: the only thing a page of readers ever keeps here
// that says something about reading, and only after a click.

const box = document.querySelector("[data-counting]");
const [status, button] = [box.querySelector("[role=status]"), box.querySelector("button")];
const { asked, stop, start, stopped } = box.dataset;
const KEY = "uncounted";

function show() {
  if (navigator.globalPrivacyControl || navigator.doNotTrack === "1") {
    status.textContent = asked;
    return;
  }
  const isOff = localStorage.getItem(KEY) !== null;
  status.textContent = isOff ? stopped : "";
  button.textContent = isOff ? start : stop;
  button.parentElement.hidden = false;
}

button.addEventListener("click", () => {
  if (localStorage.getItem(KEY) === null) localStorage.setItem(KEY, "1");
  else localStorage.removeItem(KEY);
  show();
});
show();
