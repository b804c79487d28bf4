"""Read IPTC NewsML-G2: newsMessage, newsItem, packageItem (iptc.org/std/NewsML-G2, 2.x)."""

from dataclasses import replace

from dateline.wire.domain import g2_content, g2_meta, nitf, xmltree
from dateline.wire.domain.errors import WireFormatError
from dateline.wire.domain.families import guess_provider
from dateline.wire.domain.item import IncomingItem
from dateline.wire.domain.judgement import judge
from dateline.wire.domain.messages import read_each
from dateline.wire.domain.profile import ProviderProfile
from dateline.wire.domain.sent import Sent
from dateline.wire.domain.xmltree import Element, child, children, name_of

FORMAT = "newsml-g2"
ITEMS = frozenset({"newsitem", "packageitem"})
# Items of the standard that are no news: refused with a reason until their room is built.
OTHER_ITEMS = frozenset({"planningitem", "conceptitem", "knowledgeitem", "catalogitem"})
ROOTS = ITEMS | OTHER_ITEMS | {"newsmessage"}


def read(
    data: bytes, *, source: str, profile: ProviderProfile | None = None
) -> tuple[IncomingItem, ...]:
    """Turn one NewsML-G2 document into its items, in document order.

    `source` is used in messages only. An absent pubStatus means usable and an absent version means
    1, as the XML Schema says. An item of a message that cannot be read never costs the others: they
    carry a warning about it.

    Raises:
        WireFormatError: not well-formed, or no news or package item in it could be read.

    """
    root = xmltree.parse(data, source=source)
    return read_each(_items(root), lambda item: _read_item(item, source, profile), source=source)


def _items(root: Element) -> list[Element]:
    if name_of(root) != "newsmessage":
        return [root]
    return [item for group in children(root, "itemSet") for item in group if name_of(item) in ROOTS]


def _read_item(item: Element, source: str, profile: ProviderProfile | None) -> IncomingItem:
    if name_of(item) not in ITEMS:
        raise WireFormatError(
            source, "(document)",
            f"a {name_of(item)} is no news item. The wire takes newsItem and packageItem.",
        )  # fmt: skip
    sent = _sent(item, source)
    return judge(sent, source=source, profile=profile)


def _sent(item: Element, source: str) -> Sent:
    """Collect what one newsItem or packageItem says: here who, when and whether it may be used."""
    identifier = item.get("guid")
    item_meta = child(item, "itemMeta")
    content = g2_content.read(item, source=source)
    inner = content.nitf or nitf.NOTHING
    managed = Sent(
        format=FORMAT,
        generation=item.get("standardversion"),
        provider=guess_provider(names=g2_meta.provider_names(item_meta), identifier=identifier),
        identifier=identifier,
        version=item.get("version"),
        statuses=g2_meta.statuses(item) + inner.statuses,
        embargoes=g2_meta.texts(item, "embargoed") + inner.embargoes,
        expiries=g2_meta.texts(item, "expires") + inner.expiries,
        created=g2_meta.first(item_meta, "firstCreated"),
        version_created=g2_meta.first(item_meta, "versionCreated"),
        kind=g2_meta.kind(item, item_meta),
        body=content.body,
        relations=g2_meta.relations(item) + g2_content.packaged(item) + inner.relations,
        signals=g2_meta.signals(item_meta),
        ed_notes=g2_meta.each(item_meta, "edNote", block=True),
        hidden=g2_meta.not_for_readers(item_meta),
        holds=g2_meta.doubts(item_meta) + inner.holds,
        warnings=content.warnings + inner.warnings,
    )
    return _described(item, managed, inner, title=content.title)


def _described(item: Element, sent: Sent, inner: nitf.Facts, *, title: str | None) -> Sent:
    """Add what an item says of its content: words, rights, subjects, pictures."""
    content_meta = child(item, "contentMeta")
    language = g2_meta.language(item, content_meta)
    rights = g2_meta.rights(item, language)
    description = g2_meta.described(content_meta, "description", language)
    credit = g2_meta.described(content_meta, "creditline", language)
    caption = description if sent.kind in g2_meta.CAPTIONED else None
    headline, subheadline = g2_meta.headlines(content_meta, language)
    main = g2_content.main_picture(
        item, guid=sent.identifier, caption=caption, credit=credit, usage=rights.usage_terms
    )
    return replace(
        sent,
        headline=headline or inner.headline or title,
        subheadline=subheadline,
        summary=None if caption else description,
        slugline=g2_meta.described(content_meta, "slugline", language),
        dateline=g2_meta.described(content_meta, "dateline", language) or inner.dateline,
        located=g2_meta.located(content_meta),
        byline=g2_meta.byline(content_meta, sent.kind) or inner.byline,
        language=language,
        urgency=g2_meta.first(content_meta, "urgency"),
        copyright_notice=rights.notice,
        copyright_holder=rights.holder,
        usage_terms=rights.usage_terms,
        credit=credit,
        caption=caption,
        pictures=main + g2_meta.linked_pictures(item) + g2_content.packaged_pictures(item),
        topics=g2_meta.topics(content_meta),
        keywords=g2_meta.each(content_meta, "keyword"),
    )
