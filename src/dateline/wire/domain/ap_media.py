"""Read AP's Media API JSON (api.ap.org/media/v/docs): one item, or a page of the feed."""

from dataclasses import replace
from typing import Any

from dateline.wire.domain import jsontree, ninjs_content
from dateline.wire.domain.errors import WireFormatError
from dateline.wire.domain.item import IncomingItem, Picture, Relation, Topic
from dateline.wire.domain.judgement import judge
from dateline.wire.domain.messages import read_each
from dateline.wire.domain.ninjs_fields import Fields, doubt_about
from dateline.wire.domain.profile import ProviderProfile
from dateline.wire.domain.qcodes import qcode_of
from dateline.wire.domain.sent import Sent

FORMAT = "ap-media"
_PROVIDER = "ap"
_PICTURED = frozenset({"picture", "graphic"})
_ADVISORY = "v"  # AP's category of what is for editors
_KILLS = frozenset({"kill", "elimination"})
_HOLDS = frozenset({"withhold", "hold"})
_RELATIONS = {"lead": "update-of", "corrective": "corrects", "correction": "corrects"}


def looks_like(value: Any) -> bool:
    """Say whether a JSON value is AP's: an answer of the API, or an item with AP's own ids."""
    if not isinstance(value, dict):
        return False
    return _is_item(value) or bool(_parts(value))


def read(
    data: bytes, *, source: str, profile: ProviderProfile | None = None
) -> tuple[IncomingItem, ...]:
    """Turn an answer of the Media API into its items: of `/content`, of `/content/feed`, or bare.

    The family is `altids.itemid`: `uri` and `altids.etag` change with every revision. A revision
    that only brings pictures keeps its version, so the later `versioncreated` counts then (Managing
    Revisions and Duplicates). The text of a story is another file, which `renditions` name; the
    document that has it is read by itself.

    Raises:
        WireFormatError: not JSON, an item has no id, or a field holds what it may not hold.

    """
    value = jsontree.parse(data, source=source)
    parts = [value] if _is_item(value) else _parts(value)
    generation = f"Media API {value.get('api_version') or '(bare item)'}"
    return read_each(
        parts,
        lambda one: judge(_sent(_fields(one, source), generation), source=source, profile=profile),
        source=source,
    )


def _is_item(value: dict[str, Any]) -> bool:
    altids = value.get("altids")
    return isinstance(altids, dict) and "itemid" in altids


def _parts(value: dict[str, Any]) -> list[Any]:
    """What stands where an answer has its items: one, or a page of them."""
    body = value.get("data")
    if "api_version" not in value or not isinstance(body, dict):
        return []
    each = body.get("items") if "items" in body else [body]
    found = [one.get("item") if isinstance(one, dict) else one for one in each or ()]
    return [one for one in found if one is not None]


def _fields(value: Any, source: str) -> Fields:
    if not isinstance(value, dict):
        raise WireFormatError(source, "item", f"expected an object, found {str(value)[:60]!r}.")
    return Fields(value, source)


def _sent(fields: Fields, generation: str) -> Sent:
    """Collect what one item says: here who, when and whether it may be used."""
    ids = fields.values.get("altids")
    identifier = Fields(ids, fields.source).text("itemid") if isinstance(ids, dict) else None
    marks = {mark.lower() for mark in fields.words("editorialtypes")}
    words = fields.text("description_caption", "headline")
    managed = Sent(
        format=FORMAT,
        generation=generation,
        provider=_PROVIDER,
        identifier=identifier,
        version=fields.text("version"),
        statuses=fields.every("pubstatus"),
        embargoes=fields.every("embargoed"),
        expiries=tuple(end for end in fields.every("expires") if end.strip()),
        created=fields.text("firstcreated"),
        version_created=fields.text("versioncreated"),
        kind=(fields.text("type") or "").lower() or None,
        relations=_marked(marks, identifier, words),
        signals=fields.words("signals"),
        ed_notes=fields.words("ednote"),
        kills=_KILL * bool(marks & _KILLS),
        holds=(*_HOLD * bool(marks & _HOLDS), *_doubts(fields)),
        hidden=_ADVISORIES * (_ADVISORY in _categories(fields)),
        warnings=(*_passed_on(fields), *_elsewhere(fields)),
    )
    return _described(fields, managed)


def _described(fields: Fields, sent: Sent) -> Sent:
    """Add what an item says of its content: words, rights, subjects, pictures."""
    credit = fields.text("description_creditline")
    caption = fields.text("description_caption") if sent.kind in _PICTURED else None
    usage = " ".join(fields.words("usageterms")) or None
    pictures, relations = _associated(fields)
    if sent.kind in _PICTURED:
        own = ninjs_content.picture(
            fields, guid=sent.identifier, caption=caption, credit=credit, usage=usage
        )
        pictures = (own, *pictures) if own else pictures
    return replace(
        sent,
        headline=fields.text("headline", "title"),
        subheadline=fields.text("headline_extended"),
        summary=fields.text("description_summary"),
        slugline=fields.text("slugline"),
        dateline=fields.text("located"),
        located=_city(fields),
        byline="; ".join(_bylines(fields)) or None,
        language=fields.text("language"),
        urgency=fields.text("urgency"),
        copyright_notice=fields.text("copyrightnotice"),
        usage_terms=usage,
        credit=credit,
        caption=caption,
        pictures=pictures,
        relations=(*relations, *sent.relations),
        topics=_topics(fields),
        keywords=fields.words("keywords"),
    )


_KILL = ("AP marks it as a kill. Kill what it names; do not publish this notice.",)
_HOLD = ("AP marks it as a hold. Do not use the item until AP sends a usable version.",)
_ADVISORIES = ("AP's category V: it is for editors, not for readers.",)


def _marked(marks: set[str], own: str | None, words: str | None) -> tuple[Relation, ...]:
    """What `editorialtypes` say the item is to others. A kill names its target in `words` only."""
    found = [
        Relation(type=_RELATIONS[mark], family=own) for mark in sorted(marks & set(_RELATIONS))
    ]
    if marks & _KILLS:
        found.append(Relation(type="kills", note=words, certain=False))
    return tuple(found)


def _associated(fields: Fields) -> tuple[tuple[Picture, ...], tuple[Relation, ...]]:
    """Pictures that belong to a story, by their own ids, and the films and texts that do."""
    pictures: list[Picture] = []
    relations: list[Relation] = []
    for one in fields.objects("associations"):
        ids = one.values.get("altids")
        family = Fields(ids, fields.source).text("itemid") if isinstance(ids, dict) else None
        if family and (one.text("type") or "").lower() in _PICTURED:
            pictures.append(Picture(guid=family))
        elif family:
            relations.append(Relation(type="contains", family=family))
    return tuple(pictures), tuple(relations)


def _bylines(fields: Fields) -> tuple[str, ...]:
    named = [one.text("by", "name") for one in fields.objects("bylines")]
    by = fields.values.get("photographer")
    named += [Fields(by, fields.source).text("name")] if isinstance(by, dict) else []
    return tuple(name for name in named if name)


def _city(fields: Fields) -> str | None:
    place = fields.values.get("datelinelocation")
    return Fields(place, fields.source).text("city") if isinstance(place, dict) else None


def _categories(fields: Fields) -> set[str]:
    return {
        (one.text("code") or "").lower()
        for one in fields.objects("subject")
        if "category" in one.words("rels")
    }


def _topics(fields: Fields) -> tuple[Topic, ...]:
    """Subjects as AP codes them; its own concepts by their whole address (cv.ap.org)."""
    return tuple(
        Topic(qcode=_code(one), name=one.text("name")) for one in fields.objects("subject")
    )


def _code(one: Fields) -> str | None:
    code, scheme = one.text("code"), one.text("scheme")
    if code and scheme == "http://cv.ap.org/id/":
        return f"{scheme}{code}"
    return qcode_of(code=code, scheme=scheme)


def _doubts(fields: Fields) -> tuple[str, ...]:
    return tuple(doubt_about(name, ask="AP") for name in fields.strangers())


def _passed_on(fields: Fields) -> tuple[str, ...]:
    """AP passes on what others made, whose terms count."""
    named = [fields.text("provider"), *(one.text("name") for one in fields.objects("infosource"))]
    others = dict.fromkeys(name for name in named if name and name.upper() != "AP")
    return tuple(f"AP passes it on: it comes from {name}." for name in others)


def _elsewhere(fields: Fields) -> tuple[str, ...]:
    texts = [
        one.text("href")
        for one in fields.objects("renditions")
        if (one.text("rel") or "").lower() == "story"
    ]
    return tuple(f"Its text is not in this document. AP has it at {href}" for href in texts if href)
