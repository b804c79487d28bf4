"""Read dpa's digitalwires JSON (format digitalwires@0.9), one item or a queue's list of them."""

import re
from typing import Any

from dateline.wire.domain import bodies, jsontree
from dateline.wire.domain.bodies import NO_BODY, Body
from dateline.wire.domain.item import IncomingItem, Picture, Relation, Topic
from dateline.wire.domain.judgement import judge
from dateline.wire.domain.messages import read_each
from dateline.wire.domain.ninjs_fields import Fields, doubt_about
from dateline.wire.domain.profile import ProviderProfile
from dateline.wire.domain.sent import Sent
from dateline.wire.domain.wording import pixels

FORMAT = "digitalwires"
_NAME = re.compile(r"digitalwires@([0-9]+\.[0-9]+)")
_KNOWN = frozenset({"0.9"})
_EMBARGO_ROLE = "dpaednoterole:embargo"
_TOPICS = frozenset({"dnltype:dpasubject", "dnltype:geosubject", "dnltype:genre", "dnltype:person"})
_SIGNALS = {"sig:correction": "corrects", "sig:update": "update-of"}
_CAPTIONS = ("dpadrol:caption-extended", "drol:caption")  # the first says when and where as well


def looks_like(value: Any) -> bool:
    """Say whether a JSON value is one digitalwires object, a list of them, or wireQ's answer."""
    if isinstance(value, dict) and isinstance(value.get("entries"), list):
        value = value["entries"]
    each = value if isinstance(value, list) else [value]
    return bool(each) and all(
        isinstance(one, dict) and _NAME.match(str(one.get("format") or "")) for one in each
    )


def read(
    data: bytes, *, source: str, profile: ProviderProfile | None = None
) -> tuple[IncomingItem, ...]:
    """Turn digitalwires objects into items, in document order.

    `urn` is the family over all versions; `updated` is the queue's time and is not read. A null
    `embargoed` means none: the format writes every field. The notepad and all notes are for
    editors, also those dpa allows to be shown (`is_publishable`).

    Raises:
        WireFormatError: not JSON, an item has no `urn`, or a field holds what it may not hold.

    """
    value = jsontree.parse(data, source=source)
    if isinstance(value, dict) and "entries" in value:
        value = value["entries"]
    return read_each(
        value if isinstance(value, list) else [value],
        lambda one: judge(_sent(Fields(one, source)), source=source, profile=profile),
        source=source,
    )


def _sent(fields: Fields) -> Sent:
    """Collect what one object says."""
    urn, body = fields.text("urn"), _body(fields)
    caption = _caption(fields)
    pictures = _pictures(fields, caption if body is NO_BODY else None)
    is_picture = body is NO_BODY and any(one.guid == urn for one in pictures)
    generation = _NAME.match(fields.text("format") or "")
    return Sent(
        format=FORMAT,
        generation=generation[1] if generation else None,
        provider="dpa",
        identifier=urn,
        version=fields.text("version"),
        statuses=fields.every("pubstatus"),
        embargoes=_embargoes(fields),
        version_created=fields.text("version_created"),
        kind="picture" if is_picture else "text",
        headline=fields.text("headline"),
        subheadline=fields.text("subhead"),
        summary=fields.text("teaser"),
        slugline=fields.text("kicker"),
        dateline=fields.text("dateline"),
        byline=fields.text("byline"),
        language=fields.text("language"),
        urgency=fields.text("urgency"),
        body=body,
        copyright_notice=fields.text("copyrightnotice"),
        usage_terms=fields.text("usageterms"),
        credit=fields.text("creditline"),
        caption=caption if is_picture else None,
        pictures=pictures,
        relations=_relations(fields, urn),
        topics=_topics(fields),
        keywords=_named(fields, "dnltype:keyword"),
        signals=fields.words("signal"),
        ed_notes=(*_notes(fields), *fields.words("autopublishnotice")),
        holds=_doubts(fields, generation[1] if generation else None),
    )


def _embargoes(fields: Fields) -> tuple[str, ...]:
    """The end of embargo; one without a time where only a note tells of it."""
    ends = () if fields.values.get("embargoed") is None else fields.every("embargoed")
    told = any(one.text("role") == _EMBARGO_ROLE for one in fields.objects("ednotes"))
    return ends or ("",) * told


def _body(fields: Fields) -> Body:
    """Article, info box and links in this order; the notepad goes to the editors."""
    seen = [fields.text(name) for name in ("article_html", "infobox_html", "linkbox_html")]
    if not any(seen):
        return NO_BODY
    pad = fields.values.get("notepad")
    notes = Fields(pad, fields.source).words(*_PAD) if isinstance(pad, dict) else ()
    aside = f'<section class="notepad">{"".join(notes)}</section>' * bool(notes)
    return bodies.from_html("".join(part for part in seen if part) + aside, source=fields.source)


_PAD = ("header_html", "public_html", "nonpublic_html")


def _caption(fields: Fields) -> str | None:
    told = {one.text("role"): one.text("description") for one in fields.objects("descriptions")}
    return next((told[role] for role in (*_CAPTIONS, *told) if told.get(role)), None)


def _pictures(fields: Fields, caption: str | None) -> tuple[Picture, ...]:
    """The pictures, the featured one first and then by rank; each its largest rendition."""
    found = [one for one in fields.objects("associations") if one.text("type") == "image"]
    found.sort(key=lambda one: (not one.values.get("is_featureimage"), one.text("rank") or "9"))
    return tuple(_picture(one, fields, caption) for one in found)


def _picture(one: Fields, item: Fields, caption: str | None) -> Picture:
    sizes = one.objects("renditions")
    best = max(sizes, key=lambda size: pixels(size.text("width")) or 0, default=None)
    return Picture(
        href=best.text("url") if best else None,
        guid=one.text("urn"),
        caption=caption or one.text("caption"),
        credit=one.text("creditline") or item.text("creditline"),
        usage=one.text("usageterms"),
        width=pixels(best.text("width")) if best else None,
        height=pixels(best.text("height")) if best else None,
        mime=best.text("mimetype") if best else None,
    )


def _relations(fields: Fields, urn: str | None) -> tuple[Relation, ...]:
    found = [_SIGNALS[word] for word in fields.words("signal") if word in _SIGNALS]
    return tuple(Relation(type=kind, family=urn) for kind in found)


def _topics(fields: Fields) -> tuple[Topic, ...]:
    return tuple(
        Topic(qcode=one.text("qcode"), name=one.text("name"))
        for one in fields.objects("categories")
        if one.text("type") in _TOPICS
    )


def _named(fields: Fields, kind: str) -> tuple[str, ...]:
    told = (one.text("name") for one in fields.objects("categories") if one.text("type") == kind)
    return tuple(name for name in told if name)


def _notes(fields: Fields) -> tuple[str, ...]:
    return tuple(text for one in fields.objects("ednotes") if (text := one.text("ednote")))


def _doubts(fields: Fields, version: str | None) -> tuple[str, ...]:
    found = [doubt_about(name, ask="dpa") for name in fields.strangers()]
    if version not in _KNOWN:
        found.append(
            f"It is written in digitalwires {version}, which Dateline does not know: its status "
            "and embargo may have other names."
        )
    return tuple(found)
