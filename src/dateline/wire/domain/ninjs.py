"""Read IPTC ninjs 1.x, 2.x and 3.x (iptc.org/std/ninjs), one object, a list, or BBC LDRS's list."""

import re
from dataclasses import replace
from typing import Any

from dateline.wire.domain import jsontree, ninjs_content, qcodes
from dateline.wire.domain.errors import WireFormatError
from dateline.wire.domain.families import guess_provider
from dateline.wire.domain.g2_meta import CAPTIONED
from dateline.wire.domain.item import IncomingItem, Relation, Topic
from dateline.wire.domain.judgement import judge
from dateline.wire.domain.messages import read_each
from dateline.wire.domain.ninjs_fields import Fields
from dateline.wire.domain.profile import ProviderProfile
from dateline.wire.domain.sent import Sent

FORMAT = "ninjs"
_OWN_NAMES = frozenset(
    {"headline", "headlines", "bodies", "versioncreated", "firstcreated", "pubstatus", "byline",
     "associations", "renditions", "copyrightnotice", "copyrightholder", "usageterms", "embargoed",
     "embargoeduntil", "ednote", "slugline"}
)  # fmt: skip
_OWN_STEMS = ("body_", "description_")
_GENERATIONS = ("1", "2", "3")


def looks_like(value: Any) -> bool:
    """Say whether a JSON value is a ninjs object or list; enough to tell it from other formats.

    An object with `uri` or `guid` and a name that is ninjs's own, or, where even the id is missing,
    with two of those.
    """
    if isinstance(value, list):
        return bool(value) and all(isinstance(one, dict) and looks_like(one) for one in value)
    if not isinstance(value, dict):
        return False
    if isinstance(value.get("item"), list):
        return bool(value["item"]) and looks_like(value["item"])
    names = {name.lower() for name in value}
    own = [name for name in names if name in _OWN_NAMES or name.startswith(_OWN_STEMS)]
    if names & {"uri", "guid"}:
        return bool(own)
    return len(own) > 1 and "urn" not in names  # dpa's digitalwires have a `urn`


def read(
    data: bytes, *, source: str, profile: ProviderProfile | None = None
) -> tuple[IncomingItem, ...]:
    """Turn a ninjs document into its items, in document order.

    Names are compared without letter case, so that no generation's status or embargo is overlooked;
    a generation we do not know, and a name that looks like an embargo but is none of the standard,
    hold the item. `source` is used in messages only.

    Raises:
        WireFormatError: not JSON, an id is missing, or a field holds what it may not hold.

    """
    value = jsontree.parse(data, source=source)
    ldrs = isinstance(value, dict) and isinstance(value.get("item"), list)
    objects = value["item"] if ldrs else value if isinstance(value, list) else [value]
    return read_each(
        objects, lambda one: _read_object(one, source, profile, in_list=ldrs), source=source
    )


def _read_object(
    value: Any, source: str, profile: ProviderProfile | None, *, in_list: bool
) -> IncomingItem:
    if not isinstance(value, dict):
        raise WireFormatError(source, "(document)", "expected a JSON object or a list of them.")
    sent = _sent(Fields(value, source), source)
    if in_list and "contracts" in value:  # BBC's Local Democracy Reporting Service alone has these
        sent = replace(sent, generation="LDRS list", provider="bbc")
    return judge(sent, source=source, profile=profile)


def generation(fields: Fields) -> str:
    """Say which generation an object is written in: by its own word, else by how it looks."""
    standard = fields.values.get("standard") or fields.values.get("$standard")
    if isinstance(standard, dict):
        return str(standard.get("version") or "unknown")[:20]
    if any(re.search("[a-z][A-Z]", name) for name in fields.sent):
        return "3"
    return "2" if fields.has("headlines", "bodies", "descriptions", "by") else "1"


def _sent(fields: Fields, source: str) -> Sent:
    """Collect what one ninjs object says: here who, when and whether it may be used."""
    identifier = fields.text("uri", "guid")
    kind = fields.text("type")
    version = generation(fields)
    managed = Sent(
        format=FORMAT,
        generation=f"{version}.x" if version in _GENERATIONS else version,
        provider=guess_provider(names=_provider_names(fields), identifier=identifier),
        identifier=identifier,
        version=fields.text("version"),
        statuses=fields.every("pubstatus"),
        embargoes=fields.every("embargoed"),
        expiries=tuple(text for text in fields.every("expires") if text),
        created=fields.text("firstcreated"),
        version_created=fields.text("versioncreated"),
        kind=kind,
        relations=_relations(fields, identifier),
        signals=fields.words("signals", "signal"),
        has_signals=fields.has("signals", "signal"),
        ed_notes=fields.words("ednote"),
        holds=_doubts(fields, version),
        hidden=_not_for_readers(fields, kind),
    )
    return _described(fields, managed, source)


def _described(fields: Fields, sent: Sent, source: str) -> Sent:
    """Add what an object says of its content: words, rights, subjects, pictures."""
    pictured = (sent.kind or "").lower() in CAPTIONED
    said = ninjs_content.description(fields)
    credit, usage = ninjs_content.credit(fields), fields.text("usageterms")
    pictures, left_out = ninjs_content.associated_pictures(fields)
    if pictured:
        own = ninjs_content.picture(
            fields, guid=sent.identifier, caption=said, credit=credit, usage=usage
        )
        pictures = (own, *pictures) if own else pictures
    return replace(
        sent,
        headline=ninjs_content.headline(fields),
        summary=None if pictured else said,
        slugline=fields.text("slugline"),
        located=fields.text("located"),
        byline="; ".join(fields.words("byline", "by")) or None,
        language=fields.text("language"),
        urgency=fields.text("urgency"),
        body=ninjs_content.body(fields, source=source),
        copyright_notice=fields.text("copyrightnotice"),
        copyright_holder=fields.text("copyrightholder"),
        usage_terms=usage,
        credit=credit,
        caption=said if pictured else None,
        pictures=pictures,
        topics=_topics(fields),
        keywords=fields.words("keywords", "keyword"),
        warnings=left_out,
    )


def _provider_names(fields: Fields) -> list[str | None]:
    sources = (one.text("name", "literal") for one in fields.objects("infosource"))
    return [
        fields.text("source"),
        fields.text("provider"),
        *sources,
        fields.text("copyrightholder"),
    ]


def _doubts(fields: Fields, version: str) -> tuple[str, ...]:
    found = [
        f"It has a field {name!r} that may be an embargo or a status, but is not one of ninjs. "
        "Ask the agency what it means."
        for name in fields.strangers()
    ]
    if version.partition(".")[0] not in _GENERATIONS:
        found.append(
            f"It is written in ninjs {version}, which Dateline does not know: its status and "
            "embargo may have other names."
        )
    return tuple(found)


def _not_for_readers(fields: Fields, kind: str | None) -> tuple[str, ...]:
    marks = ((kind or ""), fields.text("profile") or "")
    if any(mark.strip().lower() == "advisory" for mark in marks):
        return ("The agency marks it as an advisory: it is for editors, not for readers.",)
    return ()


def _relations(fields: Fields, own: str | None) -> tuple[Relation, ...]:
    found = [
        Relation(type="contains", family=other.text("uri", "guid"))
        for other in fields.objects("associations")
        if other.text("uri", "guid") and (other.text("type") or "").lower() not in CAPTIONED
    ]
    signals = {signal.lower() for signal in fields.words("signals", "signal")}
    if "correction" in signals or "sig:correction" in signals:
        found.append(Relation(type="corrects", family=own))
    return tuple(found)


def _topics(fields: Fields) -> tuple[Topic, ...]:
    return tuple(
        Topic(
            qcode=qcodes.qcode_of(
                code=one.text("code", "qcode", "literal"),
                uri=one.text("uri"),
                scheme=one.text("scheme"),
            ),
            name=one.text("name"),
        )
        for one in fields.objects("subject")
    )
