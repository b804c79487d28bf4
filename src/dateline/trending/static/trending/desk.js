/* Renews what is counted every ten seconds; the form, the focus and the place on the page stay. */

const EVERY_MS = 10000;

async function renew() {
  if (document.hidden) return;
  const answer = await fetch(location.href, { headers: { "X-Requested-With": "XMLHttpRequest" } }).catch(() => null);
  if (!answer?.ok || answer.redirected) return; // signed out, or the desk is away: what is here stays
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const part of document.querySelectorAll("[data-renew]")) {
    const now = fresh.querySelector(`[data-renew="${part.dataset.renew}"]`);
    if (now) replace(part, now);
  }
}

function replace(part, now) {
  if (part.innerHTML === now.innerHTML) return;
  const focused = part.contains(document.activeElement) ? document.activeElement.id : "";
  if (focused && !now.querySelector(`#${CSS.escape(focused)}`)) return; // not under somebody's hands
  part.replaceChildren(...now.childNodes);
  if (focused) document.getElementById(focused).focus({ preventScroll: true });
}

if (document.querySelector("[data-renew]")) setInterval(renew, EVERY_MS);
