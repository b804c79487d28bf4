"""What a screen reader is told of the page that is open: Chromium's own accessibility tree."""

import re

# A form without a name is no landmark (HTML-AAM), though Chromium tells of it.
LANDMARKS = {
    "banner", "complementary", "contentinfo", "main", "navigation", "region", "search",
}  # fmt: skip
NAMED = {
    "button", "link", "textbox", "searchbox", "combobox", "listbox", "checkbox", "radio", "slider",
    "spinbutton", "switch", "image", "img", "table", "dialog", "navigation", "complementary",
    "region",
}  # fmt: skip
# What leads nowhere when it is heard alone, among all links of a page.
EMPTY = {"more", "read more", "here", "click here", "link", "もっと", "続き", "こちら", "詳細"}
ADDRESS = re.compile(r"^(https?:|/|www\.)\S*$")
# In a comment it is the reader who wrote an address; their words stay as they are.
OF_READERS = (
    """() => [...document.querySelectorAll("a[rel~=ugc]")].map(a => a.textContent.trim())"""
)
# Texts and descriptions of pictures in another language than their page says: kana on English
# pages, sentences in Latin letters on Japanese ones. Names stand in their own letters everywhere,
# and an extract that search shows is cut from a text that may quote.
FOREIGN = """() => {
    const found = [];
    const look = (text, holder) => {
        if (holder.closest("script, style, template, noscript, .search-extract")) return;
        const language = holder.closest("[lang]").lang;
        const japanese = /[\\u3041-\\u30ff]/.test(text);
        const words = text.replace(/https?:\\S+/g, "").match(/\\b[A-Za-z][a-z']*\\b/g) || [];
        if ((language.startsWith("en") && japanese) ||
            (language.startsWith("ja") && words.length > 6 && !japanese))
            found.push(`${language}: ${text.trim().slice(0, 60)}`);
    };
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let text; (text = walker.nextNode());) look(text.data, text.parentElement);
    for (const picture of document.querySelectorAll("img[alt]")) look(picture.alt, picture);
    return found;
}"""


class Spoken:
    """The accessibility tree of a page, in the order in which it is read."""

    def __init__(self, page):
        session = page.context.new_cdp_session(page)
        self.nodes = session.send("Accessibility.getFullAXTree")["nodes"]
        session.detach()
        self.by_id = {node["nodeId"]: node for node in self.nodes}

    def read(self):
        """(role, name, properties) of everything that is told, in order."""
        told = []
        waiting = [self.nodes[0]["nodeId"]]
        while waiting:
            node = self.by_id.get(waiting.pop())
            if node is None:
                continue
            waiting += reversed(node.get("childIds", []))
            if not node.get("ignored"):
                told.append((value(node, "role"), value(node, "name").strip(), properties(node)))
        return told


def value(node, field):
    """A field of a node as text; empty where it has none."""
    return str(node.get(field, {}).get("value", ""))


def properties(node):
    """What else is told of a node, such as the level of a heading."""
    return {one["name"]: one["value"].get("value") for one in node.get("properties", ())}


def complaints(page):
    """What somebody who hears this page would stumble over, as sentences; none is good."""
    told = Spoken(page).read()
    found = [*without_name(told, set(page.evaluate(OF_READERS))), *headings(told), *landmarks(told)]
    found += [f"in a language it does not say, {said}" for said in page.evaluate(FOREIGN)]
    return [f"{page.url}: {one}" for one in found]


def without_name(told, of_readers):
    """What has no name, or one that says nothing; readers may call a link by its address."""
    for role, name, _ in told:
        if role in NAMED and not name:
            yield f"a {role} without a name"
        if role in {"link", "button"} and says_nothing(name) and name not in of_readers:
            yield f"a {role} called {name!r}"


def says_nothing(name):
    """True for what leads nowhere when it is heard alone."""
    return name.lower() in EMPTY or ADDRESS.match(name)


def headings(told):
    """One heading of the first level, and none that skips a level."""
    levels = [(int(of["level"]), name) for role, name, of in told if role == "heading"]
    if [level for level, _ in levels].count(1) != 1:
        yield f"headings of the first level: {[name for level, name in levels if level == 1]}"
    before = 1
    for level, name in levels:
        if level > before + 1:
            yield f"heading {name!r} of level {level} after one of level {before}"
        if not name:
            yield f"a heading of level {level} without words"
        before = level


def landmarks(told):
    """Landmarks of one kind have different names; there is one main."""
    seen = set()
    for role, name, _ in told:
        if role in LANDMARKS and (role, name) in seen:
            yield f"two landmarks {role} {name!r}"
        seen.add((role, name))
    if sum(role == "main" for role, _, _ in told) != 1:
        yield "not one main landmark"
