"""The management of one NewsML 1 item: who it is, may it be used, what it is to others."""

import re
from dataclasses import dataclass

from dateline.wire.domain import instants
from dateline.wire.domain.errors import WireFormatError
from dateline.wire.domain.instants import Doubt
from dateline.wire.domain.item import Relation
from dateline.wire.domain.n1_tree import formal, own, own_open_to
from dateline.wire.domain.status import reads_like_a_kill
from dateline.wire.domain.wording import line
from dateline.wire.domain.xmltree import Element, child, children, words

_ENDS = frozenset({"canceled", "cancelled", "withheld", "expired"})
_REVISION = re.compile(r"(urn:newsml:[^:]+:[^:]+:[^:]+):[0-9]+[NAU]?", re.IGNORECASE)
_BARE = re.compile(r"[\w-]+(?:\.[\w-]+)+:[0-9]{8}[^:]*:[^:]+", re.IGNORECASE)
_NOT_FOR_READERS = frozenset({"advisory", "memo", "notice"})


@dataclass(frozen=True, slots=True)
class Identity:
    """Who an item is. `updates` is the Update attribute in capitals: N, U, A, or another."""

    identifier: str
    provider_id: str
    version: str | None
    updates: str
    has_previous: bool


@dataclass(frozen=True, slots=True)
class Management:
    """What NewsManagement says, texts as sent; reasons and relations as `Sent` has them."""

    statuses: tuple[str, ...]
    embargoes: tuple[str, ...]
    expiries: tuple[str, ...]
    relations: tuple[Relation, ...]
    holds: tuple[str, ...]
    hidden: tuple[str, ...]
    ed_notes: tuple[str, ...]


def identity_of(item: Element, *, source: str) -> Identity:
    """Read the NewsIdentifier. The family is ProviderId, DateId and NewsItemId, never the revision.

    PublicIdentifier is not read: in real feeds it changes with every revision. ANP puts the
    revision into NewsItemId as well (`-v2`); it is taken off.

    Raises:
        WireFormatError: one of the three parts is missing.

    """
    said = child(item, "Identification", "NewsIdentifier")
    parts = {name: words(child(said, name)) for name in ("ProviderId", "DateId", "NewsItemId")}
    for name, text in parts.items():
        if not text:
            raise WireFormatError(
                source, f"NewsIdentifier/{name}",
                "the item has none, so its updates and its kill could not be matched.",
            )  # fmt: skip
    revision = child(said, "RevisionId")
    version = words(revision)
    whole = "urn:newsml:" + ":".join(text for text in parts.values() if text)
    previous = (line(revision.get("PreviousRevision")) if revision is not None else None) or "0"
    return Identity(
        identifier=whole.removesuffix(f"-v{version}"),
        provider_id=parts["ProviderId"] or "",
        version=version,
        updates=((revision.get("Update") if revision is not None else None) or "N").strip().upper(),
        has_previous=previous != "0",
    )


def management_of(item: Element, identity: Identity) -> Management:
    """Read who may use the item, from when, until when, and what it says of other items.

    Status is required (NewsML 1.2, NewsManagement); without one the item is held. Embargoed ends
    at the StatusWillChange to Usable. A change to Canceled or Withheld is an expiry.
    """
    said = [formal(one) or "" for one in own_open_to(item, "status", but="revisionstatus")]
    changes = _changes(item)
    under_embargo = any(word.lower() == "embargoed" for word in said)
    revisions, revision_holds = _earlier_revisions(item, identity)
    revoked = tuple(
        Relation(type="kills", family=family_of(target))
        for one in own(item, "revokednewsitem")
        if (target := line(one.get("NewsItem")) or words(one))
    )
    return Management(
        statuses=tuple(word for word in said if word.lower() != "embargoed"),
        embargoes=changes.embargoes or (("",) if under_embargo else ()),
        expiries=changes.expiries,
        relations=revisions + revoked + _links(item),
        holds=(() if said else (_NO_STATUS,))
        + changes.holds
        + _update_holds(item, identity)
        + revision_holds
        + ((_WITHDRAWS,) if revoked else ())
        + _instruction_holds(item),
        hidden=_hidden(item),
        ed_notes=tuple(filter(None, map(words, own(item, "instruction")))),
    )


_NO_STATUS = "It has no Status, which NewsML 1 requires. Ask the agency whether it may be used."
_WITHDRAWS = "It withdraws another item. Kill that story; do not publish this notice."


@dataclass(frozen=True, slots=True)
class _Changes:
    embargoes: tuple[str, ...]
    expiries: tuple[str, ...]
    holds: tuple[str, ...]


def _changes(item: Element) -> _Changes:
    """What each StatusWillChange means; one that nobody can read holds the item."""
    embargoes: list[str] = []
    expiries: list[str] = []
    holds: list[str] = []
    for change in own_open_to(item, "statuswillchange", but="revisionstatus"):
        future = (formal(child(change, "FutureStatus")) or "").lower()
        when = words(child(change, "DateAndTime")) or ""
        readable = instants.read_instant(when, zone=None, late=False).doubt is not Doubt.UNREADABLE
        if future == "usable":
            embargoes.append(when)
        elif future in _ENDS and readable:
            expiries.append(when)
        else:
            holds.append(
                f"Its status will change to {future or '(nothing)'!r} at {when or '(no time)'!r}, "
                "which Dateline cannot read. Ask the agency what it means."
            )
    return _Changes(tuple(embargoes), tuple(expiries), tuple(holds))


def _update_holds(item: Element, identity: Identity) -> tuple[str, ...]:
    """Reasons to hold a revision that is not the whole item (RevisionId, Update)."""
    if identity.updates == "A":
        return (_MANAGEMENT_ONLY,)
    if identity.updates == "U" or any(True for _ in children(item, "Update")):
        return (_CHANGES_ONLY,)
    if identity.updates != "N":
        return (f"Its Update is {identity.updates[:40]!r}, not N, U or A. Ask the agency.",)
    return ()


_MANAGEMENT_ONLY = (
    "It changes only the management of the version before (Update A) and carries no text. Keep "
    "that version's text."
)
_CHANGES_ONLY = (
    "It holds only changes to the version before (Update U), not the whole item. Ask the agency "
    "for the whole."
)


def _earlier_revisions(
    item: Element, identity: Identity
) -> tuple[tuple[Relation, ...], tuple[str, ...]]:
    """What the item is to its own earlier versions: an update, or an order to take them down."""
    update = (Relation(type="update-of", family=identity.identifier),)
    relations = update if identity.has_previous else ()
    ended = [
        word
        for about in own(item, "revisionstatus")
        if (word := formal(child(about, "Status")) or "").lower() != "usable"
    ]
    if not ended:
        return relations, ()
    kind = "holds" if all(word.lower() == "withheld" for word in ended) else "kills"
    order = Relation(type=kind, family=identity.identifier, certain=False)
    return (*relations, order), (_EARLIER_ENDED.format(word=ended[0][:40]),)


_EARLIER_ENDED = (
    "It says that earlier versions of it are {word!r}. Take them down first; then decide about "
    "this one."
)


def _instruction_holds(item: Element) -> tuple[str, ...]:
    said = filter(None, map(formal, own(item, "instruction")))
    return tuple(
        f"Its instruction is {word[:40]!r}, which reads like a kill. If the story is published, "
        "take it down; then ask the agency."
        for word in said
        if reads_like_a_kill(word)
    )


def _hidden(item: Element) -> tuple[str, ...]:
    """Reasons why the type of the item makes it one for editors only."""
    kind = (formal(child(item, "NewsManagement", "NewsItemType")) or "").lower()
    if kind == "alert":
        return ("It is an alert, a line for editors. The story follows as an item of its own.",)
    if kind in _NOT_FOR_READERS:
        return (f"The agency marks it as {kind}: it is for editors, not for readers.",)
    return ()


def _links(item: Element) -> tuple[Relation, ...]:
    found: list[Relation] = []
    for name, kind in (("derivedfrom", "derived-from"), ("associatedwith", "see-also")):
        targets = (line(one.get("NewsItem")) for one in own(item, name))
        found += [Relation(type=kind, family=family_of(target)) for target in targets if target]
    return tuple(found)


def family_of(reference: str) -> str:
    """Return the family a reference to an item means: its URN without the revision (RFC 3085)."""
    whole = f"urn:newsml:{reference}" if _BARE.match(reference) else reference
    revised = _REVISION.fullmatch(whole)
    return revised.group(1) if revised else whole
