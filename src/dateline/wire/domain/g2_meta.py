"""The metadata of one NewsML-G2 item: management, rights, description, links."""

import re
from dataclasses import dataclass

from dateline.wire.domain import bodies, qcodes
from dateline.wire.domain.item import Picture, Relation, Topic
from dateline.wire.domain.xmltree import XML_LANG, Element, child, children, name_of, words

CAPTIONED = frozenset({"picture", "graphic", "video", "audio", "animation", "still", "photo"})
_CONTENT = frozenset({"contentset", "groupset", "assert", "inlineref", "partmeta"})
# IPTC item relations (cv.iptc.org/newscodes/itemrelation) and the vendors' own, in our words.
_RELATIONS = {
    "derivedfrom": "derived-from", "processedfrom": "derived-from", "hassource": "derived-from",
    "translatedfrom": "translation-of", "translationof": "translation-of",
    "istranslationof": "translation-of", "partof": "part-of", "ispartof": "part-of",
    "previousversion": "update-of", "evolvedfrom": "update-of", "isupdateof": "update-of",
    "replaces": "replaces", "isreplacementof": "replaces", "corrects": "corrects",
}  # fmt: skip
_SIGNALS = {
    "sig:correction": "corrects", "edstat:c": "corrects",
    "sig:update": "update-of", "edstat:u": "update-of",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rights:
    """Who holds the rights and what they allow; texts as sent."""

    holder: str | None
    notice: str | None
    usage_terms: str | None


def management(item: Element, name: str) -> list[Element]:
    """Every element of this name that is about the item itself: its child, or one level deeper.

    Looked for in every part but the content, because a misplaced embargo is still an embargo. What
    stands in a link or an itemRef is about another item.
    """
    parts = [part for part in item if name_of(part) not in _CONTENT]
    return [*children(item, name), *(found for part in parts for found in children(part, name))]


def texts(item: Element, name: str) -> tuple[str, ...]:
    """The text of each management element of this name; '' for an empty one."""
    return tuple(words(found) or "" for found in management(item, name))


def statuses(item: Element) -> tuple[str, ...]:
    """The status of each pubStatus element; '' where one says nothing."""
    return tuple(
        qcodes.status_word(
            qcode=found.get("qcode") or found.get("literal") or words(found), uri=found.get("uri")
        )
        for found in management(item, "pubStatus")
    )


def first(parent: Element | None, name: str) -> str | None:
    """The text of the first child of this name, or None."""
    return words(child(parent, name))


def each(parent: Element | None, name: str, *, block: bool = False) -> tuple[str, ...]:
    """The text of each child of this name; with `block`, its mark-up as lines."""
    if block:
        found = (bodies.text_of_tree(one) for one in children(parent, name))
    else:
        found = (words(one) for one in children(parent, name))
    return tuple(text for text in found if text)


def language(item: Element, content_meta: Element | None) -> str | None:
    """The language of the content, else of the item's metadata (xml:lang)."""
    said = child(content_meta, "language")
    return (said.get("tag") if said is not None else None) or item.get(XML_LANG)


def described(parent: Element | None, name: str, language: str | None) -> str | None:
    """The first child of this name that has text, in the item's language where it can choose."""
    found = [one for one in children(parent, name) if words(one)]
    own = [
        one
        for one in found
        if (one.get(XML_LANG) or "").partition("-")[0] == (language or "").partition("-")[0]
    ]
    return words(next(iter(own or found), None))


def headlines(content_meta: Element | None, language: str | None) -> tuple[str | None, str | None]:
    """The headline, and the one below it: by rank, subheadings after all others."""
    found = [one for one in children(content_meta, "headline") if words(one)]
    found.sort(
        key=lambda one: (
            "sub" in (one.get("role") or "").lower(),
            _rank(one),
            not _speaks(one, language),
        )
    )
    return (
        words(found[0]) if found else None,
        next((words(one) for one in found[1:] if words(one) != words(found[0])), None),
    )


def _rank(element: Element) -> int:
    rank = element.get("rank") or ""
    return int(rank) if re.fullmatch("[0-9]{1,5}", rank) else 1


def _speaks(element: Element, language: str | None) -> bool:
    own = element.get(XML_LANG)
    return own is None or own.partition("-")[0] == (language or "").partition("-")[0]


def kind(item: Element, item_meta: Element | None) -> str | None:
    """text, picture, package, ...: the code of itemClass (`ninat:picture`, `icls:picture`)."""
    if name_of(item) == "packageitem":
        return "package"
    said = child(item_meta, "itemClass")
    qcode = said.get("qcode") if said is not None else None
    return qcodes.code_in(qcode).lower() if qcode else None


def rights(item: Element, language: str | None) -> Rights:
    """The item's rightsInfo. Several languages: the item's own."""
    info = child(item, "rightsInfo")
    holder = child(info, "copyrightHolder")
    named = None if holder is None else first(holder, "name") or holder.get("literal")
    return Rights(
        holder=named,
        notice=described(info, "copyrightNotice", language),
        usage_terms=described(info, "usageTerms", language),
    )


def provider_names(item_meta: Element | None) -> list[str | None]:
    """What the document calls its provider, best first."""
    said = child(item_meta, "provider")
    if said is None:
        return []
    return [said.get("literal"), said.get("qcode"), first(said, "name"), said.get("uri")]


def located(content_meta: Element | None) -> str | None:
    """Where the content was made: neither the dateline nor the place it is about."""
    said = child(content_meta, "located")
    if said is None:
        return None
    literal = said.get("literal") if said.get("literal") != "poi" else None
    return first(said, "name") or literal


def byline(content_meta: Element | None, kind: str | None) -> str | None:
    """The by element; for a picture without one, its creator, who is the photographer."""
    by = "; ".join(each(content_meta, "by"))
    if by or kind not in CAPTIONED:
        return by or None
    names = (first(one, "name") for one in children(content_meta, "creator"))
    return "; ".join(name for name in names if name) or None


def signals(item_meta: Element | None) -> tuple[str, ...]:
    """The QCodes of the signals."""
    found = (
        one.get("qcode") or one.get("uri") or one.get("literal")
        for one in children(item_meta, "signal")
    )
    return tuple(signal for signal in found if signal)


def topics(content_meta: Element | None) -> tuple[Topic, ...]:
    """Subjects with their codes and names, and the Media Topic each is the same as."""
    found: list[Topic] = []
    for subject in children(content_meta, "subject"):
        found.append(_topic(subject))
        same = (_topic(one) for one in children(subject, "sameAs"))
        found += [topic for topic in same if (topic.qcode or "").startswith("medtop:")]
    return tuple(found)


def _topic(subject: Element) -> Topic:
    code = subject.get("qcode") or subject.get("literal")
    return Topic(
        qcode=qcodes.qcode_of(code=code, uri=subject.get("uri")), name=first(subject, "name")
    )


def not_for_readers(item_meta: Element | None) -> tuple[str, ...]:
    """Reasons why an item is for editors only: its profile or role says advisory."""
    roles = [one.get("qcode") or "" for one in children(item_meta, "role", "itemClass")]
    marks = [*each(item_meta, "profile"), *map(qcodes.code_in, roles)]
    if any(mark.lower() == "advisory" for mark in marks):
        return ("The agency marks it as an advisory: it is for editors, not for readers.",)
    return ()


def doubts(item_meta: Element | None) -> tuple[str, ...]:
    """Reasons to hold that only a vendor's own marks give (Reuters edStat:D is a deletion)."""
    if "edstat:d" in (signal.lower() for signal in signals(item_meta)):
        return ("Reuters marks it as deleted (edStat:D). Take the story down; do not publish it.",)
    return ()


def relations(item: Element) -> tuple[Relation, ...]:
    """What the item's signals and links say it is to other items, ids as sent."""
    item_meta = child(item, "itemMeta")
    own = item.get("guid")
    types = (_SIGNALS.get(signal.lower()) for signal in signals(item_meta))
    found = [Relation(type=kind, family=own) for kind in dict.fromkeys(types) if kind]
    for link in children(item_meta, "link"):
        target = link.get("residref") or link.get("guidref")
        if _is_image(link) or not (target or link.get("href")):
            continue
        code = qcodes.code_in(link.get("rel") or "").lower()
        same_item = "update-of" if target and target == own else "see-also"
        found.append(
            Relation(type=_RELATIONS.get(code, same_item), family=target, href=link.get("href"))
        )
    return tuple(dict.fromkeys([*found, *_replaced_by_tt(item)]))


def _replaced_by_tt(item: Element) -> list[Relation]:
    """TT names the item it replaces by altId: `tt:uno` ends its own guid, `tt:refuno` the other."""
    alternative = {
        one.get("type"): words(one) for one in children(child(item, "contentMeta"), "altId")
    }
    own, other = alternative.get("tt:uno"), alternative.get("tt:refuno")
    guid = item.get("guid") or ""
    if own and other and own != other and guid.endswith(own):
        return [Relation(type="replaces", family=guid.removesuffix(own) + other)]
    return []


def linked_pictures(item: Element) -> tuple[Picture, ...]:
    """Pictures a text links to (STT), with the caption in the link's title."""
    return tuple(
        Picture(
            guid=link.get("residref") or link.get("guidref"),
            href=link.get("href") or first(link, "filename"),
            caption=first(link, "title"),
            mime=link.get("contenttype"),
        )
        for link in children(child(item, "itemMeta"), "link")
        if _is_image(link)
    )


def _is_image(element: Element) -> bool:
    return (element.get("contenttype") or "").startswith("image/")
