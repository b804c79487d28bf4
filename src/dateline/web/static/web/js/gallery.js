// Turns the pictures of a gallery where they are, by links and keys, and shows them as large as the
// window. Without it each is a link to its large copy, its neighbours one link away.

const LINK = ".gallery-picture";

// Which item of a strip is seen, and the way to another. A way that was begun is not called off by
// the items it passes; a reader's own finger calls it off.
function turner(strip, tell = () => {}) {
  const items = [...strip.children];
  let at = 0, aim = null;

  const nearest = () => {
    const left = items[0].offsetLeft + strip.scrollLeft;
    const gaps = items.map((one) => Math.abs(one.offsetLeft - left));
    return gaps.indexOf(Math.min(...gaps));
  };
  strip.addEventListener("scroll", () => {
    const near = nearest();
    if (aim !== null && near !== aim) return;
    aim = null;
    if (near !== at) tell((at = near));
  }, { passive: true });
  for (const sign of ["wheel", "pointerdown", "touchstart"]) {
    strip.addEventListener(sign, () => { aim = null; }, { passive: true });
  }

  return {
    items,
    at: () => at,
    go(to, behavior = "auto") {
      at = aim = Math.max(0, Math.min(items.length - 1, to));
      strip.scrollTo({ left: items[at].offsetLeft - items[0].offsetLeft, behavior });
      tell(at);
      return at;
    },
  };
}

function asked(event, { at, items }) {
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return null;
  const last = items.length - 1;
  return { ArrowLeft: at() - 1, ArrowRight: at() + 1, Home: 0, End: last }[event.key] ?? null;
}

function made(name, told, ...children) {
  const element = Object.assign(document.createElement(name), told);
  element.append(...children);
  return element;
}

function button(label, sign) {
  const shown = made("span", { className: "gallery-sign", ariaHidden: "true" }, sign);
  return made("button", { type: "button", ariaLabel: label, title: label }, shown);
}

// The same pictures, each as wide as the window, fetched as one comes near.
function enlarged(items) {
  return items.map((item) => {
    const copy = item.querySelector("figure").cloneNode(true);
    copy.querySelector(LINK).replaceWith(copy.querySelector("picture"));
    for (const one of copy.querySelectorAll("[sizes]")) one.sizes = "100vw";
    return made("li", {}, copy);
  });
}

function full(gallery, items) {
  const words = gallery.dataset;
  const strip = made("ol", { className: "gallery-strip", tabIndex: 0 }, ...enlarged(items));
  strip.ariaLabel = gallery.ariaLabel;
  const before = button(words.before, "←"), after = button(words.after, "→");
  const count = made("span", { className: "gallery-count" });
  count.setAttribute("aria-live", "polite");
  const large = made("a", { target: "_blank", rel: "noopener" }, words.large);
  const close = button(words.close, "×");
  const bar = made("p", { className: "gallery-bar", lang: words.language });
  bar.append(before, count, after, large, close);
  const dialog = made("dialog", { className: "gallery-full", ariaLabel: gallery.ariaLabel });
  dialog.append(bar, strip);
  const turns = turner(strip, (at) => {
    count.textContent = items[at].querySelector(".gallery-count").textContent;
    large.href = items[at].querySelector(LINK).href;
    before.ariaDisabled = `${at === 0}`;
    after.ariaDisabled = `${at === items.length - 1}`;
  });

  before.addEventListener("click", () => turns.go(turns.at() - 1));
  after.addEventListener("click", () => turns.go(turns.at() + 1));
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("keydown", (event) => {
    const to = asked(event, turns);
    if (to === null) return;
    event.preventDefault();
    turns.go(to);
  });
  gallery.append(dialog);
  return { dialog, turns, strip };
}

function hang(gallery) {
  const turns = turner(gallery.querySelector(".gallery-strip"));
  let large;

  // Whoever turned by a link or key stays on the same link of the next picture.
  function turn(to, from) {
    const item = turns.items[turns.go(to)];
    const forth = from.matches(".gallery-turn :last-child");
    const links = [...item.querySelectorAll(".gallery-turn a")];
    const next = from.matches(LINK) ? item.querySelector(LINK) : links.at(forth ? -1 : 0);
    next?.focus({ preventScroll: true });
  }

  function open(at) {
    if (!large) {
      large = full(gallery, turns.items);
      large.dialog.addEventListener("close", () => {
        const item = turns.items[turns.go(large.turns.at(), "instant")];
        item.querySelector(LINK).focus({ preventScroll: true });
      });
    }
    large.dialog.showModal();
    large.turns.go(at, "instant");
    large.strip.focus({ preventScroll: true });
  }

  gallery.addEventListener("click", (event) => {
    const link = event.target.closest(`${LINK}, .gallery-turn a`);
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const here = turns.items.indexOf(link.closest("li"));
    if (link.matches(LINK)) open(here);
    else turn(here + (link.matches(":last-child") ? 1 : -1), link);
  });
  gallery.addEventListener("keydown", (event) => {
    const to = event.target.closest("dialog") ? null : asked(event, turns);
    if (to === null) return;
    event.preventDefault();
    turn(to, event.target);
  });
}

for (const gallery of document.querySelectorAll(".gallery")) {
  hang(gallery);
  gallery.classList.add("is-on");
}
