// A second pair of eyes for tests: counts what IAB and MRC call viewable, by a way of its own.
// At least half of an offer, for a second without a break, in a visible tab that has the focus.
// It watches every change of what is in view and asks at every frame; offers.js sets a timer.

(() => {
  const HALF = 0.5;
  const SECOND_MS = 1_000;
  const STEPS = Array.from({ length: 21 }, (_, n) => n / 20);
  const seen = new Map(); // box -> { ratio, since }
  window.reference = []; // names of what was in view for long enough

  const watch = new IntersectionObserver(
    (changes) => {
      for (const { target, intersectionRatio, time } of changes) {
        const one = seen.get(target);
        if (!one) continue;
        if (one.ratio >= HALF && one.since !== null) judge(target, one, time);
        one.ratio = intersectionRatio;
        if (one.ratio < HALF) one.since = null;
        else if (looking()) one.since ??= time;
      }
    },
    { threshold: STEPS },
  );

  const looking = () => document.visibilityState === "visible" && document.hasFocus();

  function judge(box, one, now) {
    if (now - one.since < SECOND_MS) return;
    window.reference.push(box.querySelector("a[rel=sponsored]").pathname.split("/").pop());
    seen.delete(box);
    watch.unobserve(box);
    done.add(box);
  }

  function meet(slot) {
    const box = slot.querySelector(":scope > .offer-box:has(a[rel=sponsored])");
    if (!box || seen.has(box)) return;
    seen.set(box, { ratio: 0, since: null });
    watch.observe(box);
  }

  function frame(now) {
    for (const [box, one] of seen) {
      if (!looking() || one.ratio < HALF) one.since = null;
      else one.since ??= now;
      if (one.since !== null) judge(box, one, now);
    }
    requestAnimationFrame(frame);
  }

  // A tab that is left between two frames was left all the same.
  function leave({ timeStamp }) {
    if (looking()) return;
    for (const [box, one] of seen) {
      if (one.since !== null) judge(box, one, timeStamp);
      one.since = null;
    }
  }
  addEventListener("blur", leave);
  document.addEventListener("visibilitychange", leave);

  const done = new WeakSet();
  addEventListener("DOMContentLoaded", () => {
    for (const slot of document.querySelectorAll("[data-offer]")) {
      const look = () => done.has(slot.querySelector(".offer-box")) || meet(slot);
      new MutationObserver(look).observe(slot, { childList: true });
      look();
    }
    requestAnimationFrame(frame);
  });
})();
