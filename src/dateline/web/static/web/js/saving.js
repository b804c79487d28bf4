// Saved in the account of who is signed in. Somebody who is not is answered with null: their list
// is kept by the browser.

const JSON_PLEASE = { Accept: "application/json" };

async function post(address, stories) {
  const body = new URLSearchParams(stories.map((story) => ["story", story]));
  const answer = await fetch(address, { method: "POST", body, headers: JSON_PLEASE });
  return { done: answer.ok, text: (await answer.json()).text };
}

export async function account(story) {
  const answer = await fetch(`/account/saved/state?story=${story}`, { cache: "no-store" });
  const { signed_in: signedIn, saved } = await answer.json();
  if (!signedIn) return null;
  const found = {
    saved,
    add: (stories) => post("/account/saved/keep", stories),
    async toggle() {
      const { done, text } = await post(`/account/saved/${found.saved ? "remove" : "keep"}`, [story]);
      if (done) found.saved = !found.saved;
      return text;
    },
  };
  return found;
}
