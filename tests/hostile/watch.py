"""Watches a page in Chromium: what ran, what was asked for elsewhere, what could act if it were let.

The site's Content-Security-Policy is off, so that what cleans and escapes must hold alone.
"""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import Error

from tests.hostile.corpus import readable

ARGUMENTS = [
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE *.localhost, EXCLUDE localhost",
]
PATIENCE_MS = 60_000
SNIFF = {"x-content-type-options": "nosniff"}  # a letter with control characters is no download

# Before anything of a page runs, in every frame: whoever calls one of these is heard.
EARS = """(() => {
  const hear = window.heard;
  const say = name => (...given) => { hear(`${name}(${given}) in ${location.href}`) };
  for (const name of ['ran', 'alert', 'confirm', 'prompt', 'print', 'open']) window[name] = say(name);
})()"""

# What could act: handlers and scripted addresses anywhere, in templates and shadow trees too; where
# others' words stand, also whatever no word of theirs may become. Returns [found, words readable].
LOOK = r"""([ours, content]) => {
  const found = [], told = [];
  const acting = new Set(('script style iframe frame frameset object embed applet base meta link form ' +
    'input button select textarea portal noscript template svg math audio video source track bgsound ' +
    'marquee isindex plaintext xmp listing noembed noframes dialog param area map image').split(' '));
  const addresses = new Set(('href src action formaction xlink:href data poster background cite ' +
    'longdesc ping srcset from to values lowsrc dynsrc manifest codebase').split(' '));
  const bare = text => text.replace(/[\0-\x20\x7f-\xa0\u200b-\u200f\u2028\u2029\ufeff]/g, '');
  const tell = (e, why) => found.push(`${why}: ${e.outerHTML.slice(0, 160)}`);
  const look = (e, within) => {
    if (within && acting.has(e.localName)) tell(e, 'element');
    if (within && (e.id || ['name', 'class', 'style'].some(one => e.hasAttribute(one)) || e.localName.includes('-')))
      tell(e, 'marked');
    for (const {name, value} of e.attributes) {
      if (name.startsWith('on')) tell(e, 'handler');
      if (name === 'srcdoc') tell(e, 'document');
      if (addresses.has(name) && /^(javascript:|vbscript:|feed:|view-source:|data:text|data:[^,]*xml)/i.test(bare(value)))
        tell(e, 'address');
      if (within && addresses.has(name) && /^(data|blob):/i.test(bare(value))) tell(e, 'address');
    }
  };
  const walk = (root, held) => {
    for (const e of root.querySelectorAll('*')) {
      const within = held || Boolean(content && e.parentElement?.closest(content));
      look(e, within && !ours.some(selector => e.matches(selector)));
      if (e.value && typeof e.value === 'string') told.push(e.value);
      if (e.content instanceof DocumentFragment) walk(e.content, within);
      if (e.shadowRoot) walk(e.shadowRoot, within);
    }
  };
  walk(document, false);
  for (const name of ['body', 'forms', 'cookie', 'getElementById', 'querySelector', 'defaultView'])
    if (document[name] instanceof Element && document[name] !== document.body) found.push(`clobbered ${name}`);
  return [found, document.documentElement.textContent + told.join('\n')];
}"""

# A hand on everything: none of these events leads a browser anywhere by itself.
TOUCH = """async content => {
  const hands = ('click mouseover mouseenter focus blur toggle beforetoggle animationstart load ' +
    'animationend transitionend pointerdown keydown beforeinput scroll cut error begin start').split(' ');
  for (const e of document.querySelectorAll(content))
    for (const one of [e, ...e.querySelectorAll('*')])
      for (const hand of hands) one.dispatchEvent(new Event(hand));
  await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
}"""


@dataclass(frozen=True)
class Place:
    """Where on a kind of page others' words stand; `ours` are selectors of our own parts there."""

    content: str
    ours: tuple[str, ...] = ()


@dataclass
class Watch:
    """One browser context; `heard` is everything that should not have been heard in it."""

    browser: object
    heard: list = field(default_factory=list)
    read: str = ""  # every word that could be read on the pages seen so far

    def __post_init__(self):
        self.context = self.browser.new_context(
            bypass_csp=True, viewport={"width": 1280, "height": 800}, reduced_motion="reduce"
        )
        self.context.set_default_timeout(PATIENCE_MS)
        self.context.expose_binding("heard", lambda _, what: self.heard.append(what))
        self.context.add_init_script(EARS)
        self.page = self.context.new_page()
        self.context.on("page", lambda other: self.heard.append(f"popup {other.url}"))
        self.page.on("dialog", self._asked)
        self.page.on("pageerror", lambda error: self.heard.append(f"error {error}"))
        self.page.on("request", self._fetched)
        self.page.on("download", lambda got: self.heard.append(f"download {got.url}"))
        self.page.on("framenavigated", self._went)
        self.arrived = []

    def _asked(self, dialog):
        self.heard.append(f"dialog {dialog.message}")
        dialog.dismiss()

    def _fetched(self, request):
        host = urlsplit(request.url).hostname or ""
        if not (host == "localhost" or host.endswith(".localhost")):
            self.heard.append(f"fetched {request.url[:200]}")

    def _went(self, frame):
        if frame is self.page.main_frame or frame.url != "about:blank":  # the desk's own preview
            self.arrived.append(frame.url)

    def see(self, url, place, *, answer=None):
        """Open a page and touch what is on it; what should not be there or happen, in words.

        `answer` is (media type, text), to be shown at that address instead of what is there.
        """
        self.heard.clear()
        self.arrived.clear()
        if answer:
            kind, text = answer
            show = {"headers": {"content-type": f"{kind}; charset=utf-8", **SNIFF}, "body": text}
            self.page.route(url, lambda route: route.fulfill(**show), times=1)
        self.page.goto(url, wait_until="load")
        try:
            found, words = self.page.evaluate(LOOK, [list(place.ours), place.content])
            self.read += words
            self.page.evaluate(TOUCH, place.content)
        except Error as error:  # the page was left meanwhile
            found = [str(error)]
        here, hops = urlsplit(url).netloc, len(self.arrived)
        if hops != 1 or urlsplit(self.page.url).netloc != here:
            found.append(f"went to {self.arrived}")
        return [f"{url}: {what}" for what in (*found, *self.heard)]

    def unread(self, texts):
        """Those of these texts that could be read on no page since the last time, whole."""
        told, self.read = readable(self.read), ""
        return [text for text in texts if readable(text) not in told]

    def leave(self):
        """Close it."""
        self.context.close()
