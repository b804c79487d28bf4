/* Renews what is counted of a letter on its way, every two seconds; the rest of the page stays. */

const EVERY_MS = 2000;

async function renew() {
  if (document.hidden) return;
  const answer = await fetch(location.href).catch(() => null);
  if (!answer?.ok || answer.redirected) return; // signed out, or the desk is away: what is here stays
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const part of document.querySelectorAll("[data-renew]")) {
    const now = fresh.querySelector(`[data-renew="${part.dataset.renew}"]`);
    if (now && part.innerHTML !== now.innerHTML) part.replaceChildren(...now.childNodes);
  }
}

setInterval(renew, EVERY_MS);
