"""Read the JSON that Fingerpost's aggregator makes of agency feeds (PA and others)."""

import re
from typing import Any

from dateline.wire.domain import bodies, jsontree
from dateline.wire.domain.families import guess_provider
from dateline.wire.domain.item import IncomingItem, Topic
from dateline.wire.domain.judgement import judge
from dateline.wire.domain.ninjs_fields import Fields, doubt_about
from dateline.wire.domain.profile import ProviderProfile
from dateline.wire.domain.sent import Sent

FORMAT = "ninjs"  # its own `format` says GOA-WIRES-NINJS: ninjs in the aggregator's names


def looks_like(value: Any) -> bool:
    """Say whether a JSON value is a Fingerpost message: it names its feed and its serial number."""
    return isinstance(value, dict) and "source-feed" in value and "usn" in value


def read(
    data: bytes, *, source: str, profile: ProviderProfile | None = None
) -> tuple[IncomingItem, ...]:
    """Turn one Fingerpost message into one item.

    The family is the feed with `usn`, since `uri` changes with every version. An empty `status`
    means that none was sent: usable. Names and meanings: guardian/newswires ingestion-lambda.

    Raises:
        WireFormatError: not JSON, no `usn`, or a field holds what it may not hold.

    """
    fields = Fields(jsontree.parse(data, source=source), source)
    text = fields.text("body_text") or ""
    feed = fields.text("source-feed") or ""
    usn = (fields.text("usn") or "").strip()
    provider = guess_provider(names=[feed], identifier=None)
    statuses = [*fields.every("status"), *fields.every("pubstatus")]
    sent = Sent(
        format=FORMAT,
        generation="Fingerpost",
        provider=provider,
        identifier=usn and f"{provider or 'unknown'}:{usn}",
        version=fields.text("version"),
        statuses=tuple(word for word in statuses if word.strip()),
        embargoes=tuple(end for end in fields.every("embargoed") if end.strip()),
        created=fields.text("firstversion"),
        version_created=fields.text("versioncreated"),
        kind=fields.text("type"),
        headline=fields.text("headline"),
        subheadline=fields.text("subhead"),
        summary=fields.text("abstract"),
        slugline=fields.text("slug"),
        located=fields.text("location"),
        byline=fields.text("byline"),
        language=fields.text("language"),
        urgency=fields.text("urgency"),
        body=bodies.from_plain(text, source=source),
        copyright_notice=fields.text("copyrightnotice"),
        copyright_holder=fields.text("copyrightholder"),
        usage_terms=fields.text("usage"),
        topics=tuple(Topic(qcode=code) for code in _codes(fields)),
        keywords=tuple(re.split(r"\s*[,;+]\s*", fields.text("keywords") or "")),
        ed_notes=fields.words("ednote"),
        holds=tuple(doubt_about(name, ask="the agency") for name in fields.strangers()),
        hidden=_advisory(fields),
    )
    return (judge(sent, source=source, profile=profile),)


def _codes(fields: Fields) -> tuple[str, ...]:
    subjects = fields.values.get("subject")
    return Fields(subjects, fields.source).words("code") if isinstance(subjects, dict) else ()


def _advisory(fields: Fields) -> tuple[str, ...]:
    if "advisory" in ((fields.text("type") or "").lower(), (fields.text("profile") or "").lower()):
        return ("The agency marks it as an advisory: it is for editors, not for readers.",)
    return ()
