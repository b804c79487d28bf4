// Shows one of the headlines on trial of each story, before anything is painted, and tells which one
// was in view for a second and which was followed. Nothing is kept: each page draws anew.
{
  const drawn = new Map();
  const told = new Set();

  function refused() {
    if (navigator.globalPrivacyControl || navigator.doNotTrack === "1") return true;
    try {
      return !!localStorage.getItem("uncounted"); // a reader's own click wrote it
    } catch {
      return false;
    }
  }

  class TriedHeadline extends HTMLElement {
    connectedCallback() { // its start tag was read, and none of its headlines yet
      const { mark, arms } = this.dataset;
      if (!drawn.has(mark)) drawn.set(mark, Math.floor(Math.random() * arms));
      this.dataset.arm = drawn.get(mark);
    }
  }

  const tell = (kind, { dataset: { story, mark, arm } }) => {
    const text = `1.${story}.${kind}.5.${mark}.${arm}`;
    if (told.has(text)) return;
    told.add(text);
    navigator.sendBeacon(`/b?${text}`);
  };

  function begin() {
    const timers = new Map();
    const watch = new IntersectionObserver((seen) => {
      for (const { target, isIntersecting } of seen) {
        clearTimeout(timers.get(target));
        if (isIntersecting && !document.hidden) timers.set(target, setTimeout(() => tell(6, target), 1000));
      }
    }, { threshold: 0.5 });
    const look = () => document.querySelectorAll("tried-headline").forEach((one) => {
      watch.unobserve(one);
      clearTimeout(timers.get(one));
      watch.observe(one);
    });
    look();
    document.addEventListener("visibilitychange", look);
  }

  function follow({ target }) {
    const one = target.closest("a")?.querySelector("tried-headline");
    if (!one) return;
    tell(6, one); // who follows it has seen it
    tell(7, one);
  }

  if (!refused()) {
    customElements.define("tried-headline", TriedHeadline);
    // A reader counts once they show that they are there, as on a story's page.
    const alive = new AbortController();
    for (const sign of ["pointermove", "pointerdown", "keydown", "scroll"]) {
      addEventListener(sign, () => {
        if (alive.signal.aborted) return;
        alive.abort();
        begin();
      }, { passive: true, signal: alive.signal });
    }
    for (const way of ["click", "auxclick"]) document.addEventListener(way, follow);
  }
}
