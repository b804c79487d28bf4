// What is wrong with how a page is set, as a list of sentences: it scrolls sideways, text lies on
// other text, a line of body text is longer than an eye finds back from.
() => {
  const LATIN = 77; // characters that one line may have: then they have fewer than 75 as a rule
  const FULL_WIDTH = 42; // letters of two widths to one
  const BODY = "p, dd, blockquote, :is(.prose, .standing-text) li";
  const shown = (node) => node.checkVisibility({ visibilityProperty: true }) && !node.closest(".unseen, .skip");
  const said = (node) => `${node.parentElement.localName}.${node.parentElement.className}: ${node.data.trim().slice(0, 40)}`;

  function texts(root) {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    const found = [];
    while (walker.nextNode()) {
      const node = walker.currentNode;
      if (node.data.trim() && node.parentElement && shown(node.parentElement)) found.push(node);
    }
    return found;
  }

  // What cuts off lines that are too many.
  function clamped(element) {
    const box = element.closest(".elsewhere-headline, .offer-headline, .offer-words");
    return box && box.getBoundingClientRect();
  }

  function boxes(node) {
    const range = document.createRange();
    range.selectNodeContents(node);
    const cut = clamped(node.parentElement);
    return [...range.getClientRects()].filter((box) => box.width > 1 && !(cut && box.top >= cut.bottom));
  }

  // How many characters the first line of a text has.
  function firstLine(nodes, half) {
    const range = document.createRange();
    let top = null;
    let count = 0;
    for (const node of nodes) {
      for (let at = 0; at < node.length; at++) {
        range.setStart(node, at);
        range.setEnd(node, at + 1);
        const [box] = range.getClientRects();
        if (!box || !box.width) continue;
        top ??= box.top;
        if (box.top > top + box.height / 2) return count;
        count += node.data.charCodeAt(at) < 0x250 ? half : 1;
      }
    }
    return 0; // all of it is one line
  }

  // What is laid out only when it is near is laid out now: nobody reads where a box stands instead.
  const whole = new CSSStyleSheet();
  whole.replaceSync("* { content-visibility: visible !important }");
  document.adoptedStyleSheets.push(whole);

  const problems = [];
  const wide = document.documentElement.scrollWidth;
  if (wide > innerWidth) problems.push(`${wide} px wide on ${innerWidth} px`);

  const all = texts(document.body).map((node) => [node, boxes(node)]);
  const laid = all.flatMap(([node, lines]) => lines.map((box) => {
    const third = box.height / 3; // letters of tight lines share the air above and below
    return { node, left: box.left + 2, right: box.right - 2, top: box.top + third, bottom: box.bottom - third };
  }));
  laid.sort((a, b) => a.top - b.top);
  laid.forEach((one, n) => {
    for (let next = n + 1; next < laid.length && laid[next].top < one.bottom; next++) {
      const other = laid[next];
      if (other.node !== one.node && other.left < one.right && one.left < other.right) {
        problems.push(`“${said(one.node)}” lies on “${said(other.node)}”`);
      }
    }
  });

  for (const block of document.querySelectorAll(BODY)) {
    if (block.querySelector(BODY) || !shown(block)) continue;
    const own = texts(block);
    if (own.length === 0 || block.getBoundingClientRect().height < 3 * parseFloat(getComputedStyle(block).lineHeight)) continue;
    const japanese = block.closest("[lang]").lang.startsWith("ja");
    const count = firstLine(own, japanese ? 0.5 : 1);
    if (count > (japanese ? FULL_WIDTH : LATIN)) problems.push(`${count} characters in a line of “${said(own[0])}”`);
  }
  return problems;
}
