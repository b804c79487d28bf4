"""Read IPTC NewsML 1.0 to 1.2 (iptc.org/std/NewsML/1.2; RFC 3085 for its names)."""

from dataclasses import replace

from dateline.wire.domain import embargo_words, n1_content, n1_manage, n1_meta, n1_tree, xmltree
from dateline.wire.domain.errors import WireFormatError
from dateline.wire.domain.families import guess_provider
from dateline.wire.domain.item import IncomingItem, Relation
from dateline.wire.domain.judgement import judge
from dateline.wire.domain.messages import read_each
from dateline.wire.domain.n1_content import Content
from dateline.wire.domain.n1_manage import Identity, Management
from dateline.wire.domain.n1_tree import Tree
from dateline.wire.domain.profile import ProviderProfile
from dateline.wire.domain.sent import Sent
from dateline.wire.domain.wording import line
from dateline.wire.domain.xmltree import Element, child, descendants, words

FORMAT = "newsml-1"
ROOTS = frozenset({"newsml"})
MAX_PARTS = 400  # components and contents of one item; the largest real item we know has 30
# Titles of notices that agencies send as ordinary items (AFP).
_MEMOS = frozenset(
    {"memo", "mémo", "avis aux clients", "note to clients", "note aux clients", "مذكرة"}
)
_INDEX = (
    "It is a list of other items, or empty: it has neither a headline nor content. It is no story."
)
_MEMO = "Its title says that it is a memo to clients. It is for editors, not for readers."


def read(
    data: bytes, *, source: str, profile: ProviderProfile | None = None
) -> tuple[IncomingItem, ...]:
    """Turn one NewsML 1 document into its items, in document order.

    An item that cannot be read never costs the others: they carry a warning about it. A DOCTYPE
    that only names DTDs (Kyodo, ATS) is passed over; the DTDs are never fetched.

    Raises:
        WireFormatError: not well-formed, with entities of its own, or no item in it could be read.

    """
    root = xmltree.parse(data, source=source, named_dtd=True)
    warnings = xmltree.encoding_warnings(data)

    def read_item(item: Element) -> IncomingItem:
        sent = _sent(item, root, source)
        told = replace(sent, warnings=sent.warnings + warnings)
        return judge(told, source=source, profile=profile)

    return read_each(descendants(root, "NewsItem"), read_item, source=source)


def _sent(item: Element, root: Element, source: str) -> Sent:
    """Collect what one NewsItem says: here who, when and whether it may be used."""
    identity = n1_manage.identity_of(item, source=source)
    if child(item, "TopicSet") is not None:
        raise WireFormatError(source, "(document)", "a TopicSet is no news item.")
    _check_size(item, source)
    managed = n1_manage.management_of(item, identity)
    tree = n1_tree.tree_of(item)
    content = n1_content.content_of(tree, source=source)
    dated = child(item, "NewsManagement")
    envelope = child(root, "NewsEnvelope", "SentFrom", "Party")
    providers = [identity.provider_id, *n1_meta.providers_of(tree.story), n1_tree.formal(envelope)]
    sent = Sent(
        format=FORMAT,
        generation=line(root.get("Version")),
        provider=guess_provider(names=providers, identifier=None),
        identifier=identity.identifier,
        version=identity.version,
        statuses=managed.statuses + tuple(one for f in content.facts for one in f.statuses),
        embargoes=managed.embargoes + tuple(one for f in content.facts for one in f.embargoes),
        expiries=managed.expiries + tuple(one for f in content.facts for one in f.expiries),
        created=words(child(dated, "FirstCreated")),
        version_created=words(child(dated, "ThisRevisionCreated")),
        urgency=n1_tree.formal(child(dated, "Urgency")),
        relations=managed.relations
        + _contained(item, source)
        + tuple(one for f in content.facts for one in f.relations),
        has_signals=False,
        holds=managed.holds + tuple(one for f in content.facts for one in f.holds),
        hidden=managed.hidden,
        warnings=_warnings(identity, tree, content),
    )
    return _judged_by_words(_described(item, sent, tree, content, source), managed, content, item)


def _check_size(item: Element, source: str) -> None:
    """Refuse an item of so many parts that sorting them would take long."""
    count = sum(1 for _ in descendants(item, "NewsComponent", "ContentItem"))
    if count > MAX_PARTS:
        raise WireFormatError(
            source, "NewsComponent", f"it has {count:,} parts; the limit is {MAX_PARTS}."
        )


def _described(item: Element, sent: Sent, tree: Tree, content: Content, source: str) -> Sent:
    """Add what an item says of its content: words, rights, subjects, pictures."""
    lines = n1_meta.lines_of(tree.story)
    usage = "\n".join(filter(None, (lines.rights, n1_meta.usage_of(tree.story)))) or None
    inner = content.facts[0] if content.facts else None
    title = next(iter(content.titles), None)
    headline = lines.headline or title or (inner.headline if inner else None)
    subheadline = lines.subheadline or next(iter(content.subtitles), None)
    pictures = n1_content.pictures_of(tree, usage=usage, source=source)
    is_picture = bool(pictures) and content.kind is None
    contains = any(one.type == "contains" for one in sent.relations)
    captions = [*content.captions, *(one.caption for one in pictures if one.caption)]
    return replace(
        sent,
        kind="package" if contains else "picture" if is_picture else content.kind,
        headline=headline,
        subheadline=subheadline,
        summary="\n".join(content.summaries) or None,
        slugline=lines.slugline or words(child(item, "Identification", "NameLabel")),
        dateline=lines.dateline or (inner.dateline if inner else None),
        located=n1_meta.located_in(tree.story),
        byline=lines.byline or (inner.byline if inner else None),
        language=n1_meta.language_in(tree.story) or n1_tree.language_of(item),
        body=n1_content.with_titles(content, headline, subheadline),
        copyright_notice=lines.copyright,
        copyright_holder=n1_meta.holder_of(tree.story),
        usage_terms=usage,
        credit=lines.credit,
        caption=next(iter(captions), None) if is_picture else None,
        pictures=pictures,
        topics=n1_meta.topics_in(tree.story),
        keywords=lines.keywords + n1_meta.keywords_in(tree.story),
        ed_notes=lines.for_editors,
    )


def _judged_by_words(sent: Sent, managed: Management, content: Content, item: Element) -> Sent:
    """Add what only the words of an item tell: an embargo in a note, a memo, an empty list."""
    loose = () if sent.caption else tuple(f"Caption: {one}" for one in content.captions)
    notes = (*managed.ed_notes, *sent.ed_notes, *content.for_editors, *loose)
    heard = () if sent.embargoes else (*notes, *sent.body.for_editors)
    label = words(child(item, "Identification", "NameLabel"))
    memo = any((line(text) or "").lower() in _MEMOS for text in (sent.headline, label) if text)
    is_story = sent.headline or sent.body.text or sent.pictures or sent.holds
    return replace(
        sent,
        ed_notes=notes,
        holds=sent.holds + embargo_words.noted(heard),
        hidden=sent.hidden + ((_MEMO,) if memo else ()) + (() if is_story else (_INDEX,)),
    )


def _contained(item: Element, source: str) -> tuple[Relation, ...]:
    """The items a package contains or refers to, in its order."""
    found: list[Relation] = []
    for one in n1_tree.own(item, "newsitem", "newsitemref"):
        reference = line(one.get("NewsItem"))
        if reference and reference.lower().startswith("urn:"):
            found.append(Relation(type="contains", family=n1_manage.family_of(reference)))
        elif reference:
            found.append(Relation(type="contains", href=reference))
        elif child(one, "Identification") is not None:
            identity = n1_manage.identity_of(one, source=source)
            found.append(Relation(type="contains", family=identity.identifier))
    return tuple(found)


def _warnings(identity: Identity, tree: Tree, content: Content) -> tuple[str, ...]:
    zero = (identity.version or "").strip("0") == "" and identity.version is not None
    languages = ", ".join(tree.languages_left_out)
    told = [_ZERO] if zero else []
    told += [f"It is also sent in {languages}; those texts were left out."] if languages else []
    return (*told, *content.warnings, *(one for f in content.facts for one in f.warnings))


_ZERO = "Its RevisionId is 0, which NewsML 1 does not allow. Any other is newer."
