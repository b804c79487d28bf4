"""From what a document says to what the newsroom may do with it. Whatever is unclear is held."""

import re
from dataclasses import dataclass, field, replace
from datetime import datetime

from dateline.media.domain.rights import read_restrictions
from dateline.wire.domain import alarms, instants
from dateline.wire.domain.datelines import place_of
from dateline.wire.domain.errors import WireFormatError
from dateline.wire.domain.families import MAX_LENGTH, family_of
from dateline.wire.domain.instants import Doubt
from dateline.wire.domain.item import IncomingItem, Picture, Relation, Topic, Usability
from dateline.wire.domain.profile import PROFILES, ProviderProfile
from dateline.wire.domain.sent import Sent
from dateline.wire.domain.status import read_status
from dateline.wire.domain.wording import line, passage

_MAX_VERSION = 2**63 - 1  # what a database can hold
_SCANNED = 5_000  # characters of rights and notes that are searched for restrictions
_A_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9]{2}:[0-9]{2}")


@dataclass(slots=True)
class _Verdict:
    """Reasons, as they are found. The worst kind wins; all its reasons are told."""

    kills: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    holds: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def outcome(self) -> tuple[Usability, str | None]:
        for usability, reasons in (
            (Usability.KILLED, self.kills),
            (Usability.NOT_FOR_READERS, self.hidden),
            (Usability.HELD, self.holds),
        ):
            if reasons:
                return usability, " ".join(dict.fromkeys(reasons))
        return Usability.USABLE, None


def judge(sent: Sent, *, source: str, profile: ProviderProfile | None) -> IncomingItem:
    """Return the canonical item for what a reader read.

    `profile` is the provider's; without one the rules of the provider the document names apply,
    else the defaults, which fail closed. Times come back in UTC.

    Raises:
        WireFormatError: no id, an id of more than 255 characters, or a version that is no number.

    """
    rules = profile or _rules_for(sent.provider)
    verdict = _Verdict(
        kills=list(sent.kills), hidden=list(sent.hidden), holds=list(sent.holds),
        warnings=[*sent.warnings, *sent.body.warnings],
    )  # fmt: skip
    family = _family(sent.identifier, rules, source)
    version = _version(sent.version, source)
    status = read_status(sent.statuses, rules)
    verdict.kills += [status.kill] if status.kill else []
    verdict.holds += [status.hold] if status.hold else []
    embargo_until = _embargo(sent.embargoes, rules, verdict, needed=status.needs_embargo)
    _require_signal(sent, rules, verdict, explicit=profile is not None)
    expires_at = _expiry(sent.expiries, rules, verdict)
    created_at = _time(sent.created, "of its first version", rules, verdict)
    version_created_at = _time(sent.version_created, "of this version", rules, verdict)
    if not (sent.headline or sent.body.text or sent.pictures):
        verdict.warnings.append("It has no headline, no text and no picture.")
    relations, reader_headline = _relations(sent, family, rules, verdict)
    as_read = _as_read(sent, family, rules, verdict)
    usability, reason = verdict.outcome()
    return replace(
        as_read,
        version=version,
        status=status.word,
        usability=usability,
        reason=reason,
        recalls=status.recalls or bool(sent.kills),
        reader_headline=reader_headline,
        embargo_until=embargo_until,
        expires_at=expires_at,
        created_at=created_at,
        version_created_at=version_created_at,
        relations=relations,
        warnings=tuple(dict.fromkeys(verdict.warnings)),
    )


def _rules_for(provider: str | None) -> ProviderProfile:
    slug = provider or "unknown"
    return PROFILES.get(slug, ProviderProfile(slug=slug, name=slug))


def _family(identifier: str | None, rules: ProviderProfile, source: str) -> str:
    if not line(identifier):
        raise WireFormatError(
            source, "id", "the item has none, so its updates and its kill could not be matched."
        )
    family = family_of(identifier or "", profile=rules)
    if len(family) > MAX_LENGTH:
        raise WireFormatError(
            source, "id", f"it has {len(family)} characters; the limit is {MAX_LENGTH}."
        )
    return family


def _version(sent: str | None, source: str) -> int:
    """Return the version as a number; 1 where the document has none (XSD default)."""
    text = (sent or "").strip()
    if not text:
        return 1
    if not re.fullmatch(r"[0-9]{1,19}", text) or int(text) > _MAX_VERSION:
        raise WireFormatError(
            source, "version", f"expected a whole number, found {text[:40]!r}. "
            "Without one nobody can tell which version is newer."
        )  # fmt: skip
    return int(text)


def _embargo(
    sent: tuple[str, ...], rules: ProviderProfile, verdict: _Verdict, *, needed: bool
) -> datetime | None:
    """Return the latest end of embargo that is given, or its outer bound; hold where in doubt."""
    ends: list[datetime] = []
    for text in sent:
        if not text.strip():
            _empty_embargo(rules, verdict)
            continue
        read = instants.read_instant(text, zone=rules.time_zone, late=True)
        if read.doubt:
            verdict.holds.append(_EMBARGO_DOUBTS[read.doubt].format(text=text.strip()[:80]))
        ends += [read.at] if read.at else []
    if needed and not ends:
        verdict.holds.append(
            "It is sent as embargoed, but nothing says until when. Ask the agency."
        )
    return max(ends, default=None)


_EMBARGO_DOUBTS = {
    Doubt.UNREADABLE: (
        "It is under embargo, but {text!r} is not a time. Ask the agency when it ends."
    ),
    Doubt.DAY_ONLY: (
        "It is under embargo on {text}, but no hour is given. Until you know the hour, take it to "
        "last to the end of that day."
    ),
    Doubt.NO_ZONE: (
        "It is under embargo until {text}, but no time zone is given. Set the provider's time "
        "zone, or ask the agency."
    ),
}


def _empty_embargo(rules: ProviderProfile, verdict: _Verdict) -> None:
    if rules.empty_embargo == "ignore":
        verdict.warnings.append("An empty embargo was ignored, as set for this provider.")
        return
    verdict.holds.append(
        "It carries an embargo without a time. Ask the agency, or set for this provider that an "
        "empty embargo means none."
    )


def _expiry(sent: tuple[str, ...], rules: ProviderProfile, verdict: _Verdict) -> datetime | None:
    """Return the earliest expiry; what is no time (`YYYYMMDD`, 0001) is none, with a warning."""
    ends: list[datetime] = []
    for text in sent:
        read = instants.read_instant(text, zone=rules.time_zone, late=False)
        if read.at is None and text.strip():
            verdict.warnings.append(f"The expiry {text.strip()[:80]!r} is not a time; left out.")
        elif read.doubt and read.at:
            verdict.warnings.append(
                f"The expiry {text.strip()!r} is not exact ({read.doubt}); "
                "it is taken as early as it may be meant."
            )
        ends += [read.at] if read.at else []
    return min(ends, default=None)


def _time(
    sent: str | None, what: str, rules: ProviderProfile, verdict: _Verdict
) -> datetime | None:
    """Return a creation time; hold the item where only its zone is missing, else warn."""
    if not sent or not sent.strip():
        return None
    read = instants.read_instant(sent, zone=rules.time_zone, late=False)
    if read.doubt is None:
        return read.at
    text = sent.strip()[:80]
    if read.doubt is Doubt.NO_ZONE:
        verdict.holds.append(
            f"The time {what}, {text}, has no time zone. Set the provider's time zone, then read "
            "the delivery again."
        )
    else:
        verdict.warnings.append(
            f"The time {what}, {text!r}, is not a time ({read.doubt}); left out."
        )
    return None


def _require_signal(
    sent: Sent, rules: ProviderProfile, verdict: _Verdict, *, explicit: bool
) -> None:
    """Hide an item without the signal that its provider puts on what may be published.

    A format that cannot carry signals (`has_signals` False) is judged only where the newsroom has
    set the provider, not where we merely recognise it. An aggregator's feed does not undo the rule
    of the agency that a document names.
    """
    asked = (rules, _rules_for(sent.provider)) if sent.has_signals else (rules,) if explicit else ()
    present = {signal.lower() for signal in sent.signals}
    for one in asked:
        if one.required_signals and not present & one.required_signals:
            verdict.hidden.append(
                f"{one.name} does not mark it as news content, so it is for editors only "
                "(an advisory, a daybook or a notice)."
            )


def _relations(
    sent: Sent, family: str, rules: ProviderProfile, verdict: _Verdict
) -> tuple[tuple[Relation, ...], str | None]:
    """Return what the item is to others, and its headline without the desk's labels."""
    found = [
        replace(one, family=family_of(one.family, profile=rules) if one.family else one.family)
        for one in sent.relations
    ]
    headline, labels = alarms.labels(line(sent.headline))
    known = {one.type for one in found if one.family in (family, None)}
    found += [Relation(type=label, certain=False) for label in labels if label not in known]
    texts = (
        sent.headline,
        sent.slugline,
        sent.summary,
        sent.caption,
        *sent.ed_notes,
        sent.body.text,
    )
    for alarm in alarms.prose_kill(texts):
        verdict.holds.append(_PROSE[alarm.type])
        found.append(alarm)
    return tuple(dict.fromkeys(found)), headline


_PROSE = {
    "kills": (
        "Its words ask editors to kill a story. Find the story that is meant, kill it, and do not "
        "publish this notice."
    ),
    "holds": (
        "Its words ask editors to hold a story while the agency checks it. Find the story that is "
        "meant, and do not publish this notice."
    ),
}


def _as_read(sent: Sent, family: str, rules: ProviderProfile, verdict: _Verdict) -> IncomingItem:
    """Return the item with everything that needs no judgement."""
    body = sent.body
    notes = [note for note in map(passage, (*sent.ed_notes, *body.for_editors)) if note]
    usage = passage(sent.usage_terms)
    texts = [text[:_SCANNED] for text in (usage, sent.credit, *notes) if text]
    for limit in read_restrictions(*texts, caption=(sent.caption or "")[:_SCANNED]):
        verdict.warnings.append(f"Its use is restricted ({limit.words}). {limit.explanation}")
    topics = tuple(dict.fromkeys(topic for topic in sent.topics if topic.qcode or topic.name))
    return IncomingItem(
        format=sent.format,
        generation=sent.generation,
        provider=sent.provider,
        family=family,
        usability=Usability.HELD,
        kind=line(sent.kind),
        headline=line(sent.headline),
        subheadline=line(sent.subheadline),
        summary=passage(sent.summary),
        slugline=line(sent.slugline),
        dateline=_dateline(sent.dateline, verdict),
        located=line(sent.located),
        byline=line(sent.byline),
        language=line(sent.language),
        urgency=_urgency(sent.urgency, verdict),
        body_text=body.text,
        body_html=body.html,
        copyright=passage(sent.copyright_notice) or line(sent.copyright_holder),
        copyright_holder=line(sent.copyright_holder),
        usage_terms=usage,
        credit=line(sent.credit),
        caption=passage(sent.caption),
        pictures=_pictures(sent, rules),
        media_topics=tuple(topic for topic in topics if _is_media_topic(topic)),
        subjects=tuple(topic for topic in topics if not _is_media_topic(topic)),
        keywords=tuple(dict.fromkeys(word for word in map(line, sent.keywords) if word)),
        signals=tuple(dict.fromkeys(word for word in map(line, sent.signals) if word)),
        ed_note="\n".join(dict.fromkeys(notes)) or None,
    )


def _pictures(sent: Sent, rules: ProviderProfile) -> tuple[Picture, ...]:
    """Return the pictures, each once, with the family of the picture's own item as its guid."""
    found = dict.fromkeys((*sent.pictures, *sent.body.pictures))
    return tuple(
        replace(one, guid=family_of(one.guid, profile=rules) if one.guid else None) for one in found
    )


def _is_media_topic(topic: Topic) -> bool:
    return bool(topic.qcode and topic.qcode.startswith("medtop:"))


def _dateline(sent: str | None, verdict: _Verdict) -> str | None:
    """Return the place a story was filed from. Reuters puts a time there: not a dateline."""
    text = line(sent)
    if text and _A_TIME.match(text):
        verdict.warnings.append(f"The dateline {text!r} is a time, not a place; left out.")
        return None
    return place_of(text)


def _urgency(sent: str | None, verdict: _Verdict) -> int | None:
    """Return 1 (flash) to 9; anything else (`DEFAULT`, 0) is left out with a warning."""
    text = (sent or "").strip()
    if re.fullmatch("[1-9]", text):
        return int(text)
    if text:
        verdict.warnings.append(f"The urgency {text[:40]!r} is not 1 to 9; left out.")
    return None
