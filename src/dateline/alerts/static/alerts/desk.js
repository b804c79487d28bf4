// The preview of an alert follows what is typed.

const shown = document.querySelector("[data-preview]");
const field = shown && document.getElementById(shown.dataset.preview);

function follow() {
  shown.textContent = field.value;
  const left = shown.dataset.longest - field.value.length;
  document.querySelector("[data-count]").textContent = `${left} characters left`;
}

if (field) {
  field.addEventListener("input", follow);
  follow();
}
