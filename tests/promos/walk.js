// A reader's way over a page for tests: `moves` are [what, how long in ms] in turn.
// A number puts so much of the offer into view, from below; "top" and "end" go there, "away" takes
// the focus from the tab for that long. It begins once the offer has come, just out of view.

(moves) => {
  const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
  let away = false;
  document.hasFocus = () => !away;
  const slot = document.querySelector("[data-offer]");
  const go = {
    top: () => scrollTo(0, 0),
    end: () => scrollTo(0, document.body.scrollHeight),
    away: () => {
      away = true;
      dispatchEvent(new Event("blur"));
    },
  };
  const put = (part) => {
    const { top, height } = slot.querySelector(".offer-box").getBoundingClientRect();
    scrollTo(0, scrollY + top - innerHeight + part * height);
  };
  const come = async () => {
    put(-0.5);
    for (let n = 0; n < 500 && !slot.querySelector(".offer-box a[rel=sponsored]"); n++) await wait(20);
  };
  const walk = async () => {
    await come();
    for (const [what, ms] of moves) {
      if (typeof what === "number") put(what);
      else go[what]();
      await wait(ms);
      if (away) {
        away = false;
        dispatchEvent(new Event("focus"));
      }
    }
    go.top(); // stories and sections have it below, fronts too
    await wait(150);
  };
  window.walking = walk();
}
