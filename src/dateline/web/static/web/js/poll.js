// Votes without leaving the story, and shows who voted before the result. Without it the form leads
// to a page of its own.

const known = (id) => `poll-${id}`;

function remember(id) {
  try {
    localStorage.setItem(known(id), "1");
  } catch {
    // a browser that keeps nothing asks again
  }
}

function voted(id) {
  try {
    return localStorage.getItem(known(id));
  } catch {
    return null;
  }
}

async function fill(poll, address, options) {
  let answer;
  try {
    answer = await fetch(address, options);
  } catch {
    return false;
  }
  if ([410, 451].includes(answer.status)) location.reload();
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const theirs = page.querySelector(".poll");
  if (!theirs) return false;
  poll.replaceChildren(...theirs.childNodes);
  return answer.ok;
}

for (const poll of document.querySelectorAll("[data-poll]")) {
  const id = poll.dataset.poll;
  const own = `${poll.querySelector("form")?.getAttribute("action") ?? ""}`.replace(/vote$/, "");
  poll.tabIndex = -1;
  poll.addEventListener("submit", async (event) => {
    event.preventDefault();
    const form = event.target;
    const body = new URLSearchParams(new FormData(form));
    if (await fill(poll, form.action, { method: "POST", body })) remember(id);
    poll.focus();
  });
  poll.addEventListener("click", async (event) => {
    const link = event.target.closest("a[data-poll-link]");
    if (!link) return;
    event.preventDefault();
    await fill(poll, link.href);
    poll.focus();
  });
  if (own && voted(id)) fill(poll, own);
}
