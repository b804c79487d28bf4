"""What stands in an edition: blocks of items as they were, and how a hand changes them."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from enum import StrEnum
from typing import Any

STORY, JOB = "story", "job"
LONGEST_SUBJECT, LONGEST_PREHEADER = 120, 140


class EditionRefused(ValueError):
    """Something may not be done with an edition; the message says what and why."""


class BlockKind(StrEnum):
    """What a block is filled with."""

    SECTION = "section"
    TOPIC = "topic"
    TRENDING = "trending"
    PICKS = "picks"  # what editors pinned to the front
    TEXT = "text"
    OFFER = "offer"  # labelled; drawn when the letter is
    JOBS = "jobs"  # the newest of the board


class EditionState(StrEnum):
    """Where an edition is. `sent` and `stopped` are the end."""

    DRAFT = "draft"
    CHECKED = "checked"
    SCHEDULED = "scheduled"
    SENDING = "sending"
    SENT = "sent"
    STOPPED = "stopped"


OPEN_TO_HANDS = frozenset({EditionState.DRAFT, EditionState.CHECKED})
PUBLIC = frozenset({EditionState.SENDING, EditionState.SENT})
UNSENT = frozenset({EditionState.DRAFT, EditionState.CHECKED, EditionState.SCHEDULED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One story or job of an edition, as it was when it was chosen.

    `path` and `picture` are addresses on the masthead with slug `site`; `source` is the headline
    that the story had, so that one rewritten by hand is told apart.
    """

    key: str
    site: str
    path: str
    headline: str
    source: str
    kicker: str = ""
    standfirst: str = ""
    picture_id: int = 0
    picture: str = ""
    alt: str = ""
    credit: str = ""

    @property
    def story_id(self) -> int:
        """The story's number; 0 for a job."""
        kind, _, number = self.key.partition(":")
        return int(number) if kind == STORY else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One part of an edition. `only_for` names the readers who get it; empty: everybody."""

    key: str
    kind: str
    title: str = ""
    text: str = ""
    only_for: str = ""
    items: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Content:
    """The blocks of an edition, in order. No key of an item stands in it twice."""

    blocks: tuple[Block, ...] = ()

    @property
    def items(self) -> tuple[Item, ...]:
        """Every item, in reading order."""
        return tuple(item for block in self.blocks for item in block.items)

    @property
    def story_ids(self) -> tuple[int, ...]:
        """Every story, in reading order."""
        return tuple(item.story_id for item in self.items if item.story_id)

    def item(self, key: str) -> Item:
        """The item with this key.

        Raises:
            EditionRefused: there is none.

        """
        for item in self.items:
            if item.key == key:
                return item
        raise EditionRefused(f"There is no {key} in this edition.")

    def block(self, key: str) -> Block:
        """The block with this key; else as `item`."""
        for block in self.blocks:
            if block.key == key:
                return block
        raise EditionRefused(f"There is no block {key} in this edition.")

    def to_json(self) -> dict[str, Any]:
        """As it is stored; `content_of` reads it."""
        return {"blocks": [asdict(block) for block in self.blocks]}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a recipe asks of one block; `count` is how many items at most."""

    key: str
    kind: BlockKind
    count: int = 0
    title: str = ""
    text: str = ""
    only_for: str = ""


def content_of(stored: Mapping[str, Any]) -> Content:
    """Read what `Content.to_json` wrote; fields that this version does not know are left out."""
    return Content(
        tuple(
            Block(
                **{
                    **_known(Block, block),
                    "items": tuple(Item(**_known(Item, item)) for item in block["items"]),
                }
            )
            for block in stored.get("blocks", ())
        )
    )


def _known(kind: type[Any], stored: Mapping[str, Any]) -> dict[str, Any]:
    names = {field.name for field in fields(kind)}
    return {name: value for name, value in stored.items() if name in names}


def composed(
    wants: Sequence[Wanted], offered: Callable[[Wanted], Iterable[Item]], *, carried: Iterable[int]
) -> Content:
    """Fill the blocks of a recipe in order, each from what is offered for it, best first.

    No item stands twice, and no story of `carried`. A block that finds nothing stays, empty: the
    desk sees it, and preflight asks for a decision.
    """
    taken: set[str] = {f"{STORY}:{number}" for number in carried}
    return Content(tuple(_filled(want, offered(want), taken) for want in wants))


def _filled(want: Wanted, offered: Iterable[Item], taken: set[str]) -> Block:
    chosen: list[Item] = []
    for item in offered:
        if len(chosen) >= want.count:
            break
        if item.key not in taken:
            taken.add(item.key)
            chosen.append(item)
    return Block(
        key=want.key, kind=want.kind.value, title=want.title, text=want.text,
        only_for=want.only_for, items=tuple(chosen),
    )  # fmt: skip


def added(content: Content, block_key: str, item: Item) -> Content:
    """Put an item at the end of a block.

    Raises:
        EditionRefused: it stands in the edition already, or there is no such block.

    """
    if any(one.key == item.key for one in content.items):
        raise EditionRefused("This story stands in the edition already.")
    block = content.block(block_key)
    return _with(content, replace(block, items=(*block.items, item)))


def taken_out(content: Content, key: str) -> Content:
    """Take an item out. Else as `Content.item`."""
    content.item(key)
    return Content(tuple(_without(block, {key}) for block in content.blocks))


def without_story(content: Content, story_id: int) -> Content:
    """The same without one story, wherever it stands."""
    return Content(
        tuple(_without(block, {f"{STORY}:{story_id}"}) for block in content.blocks)
    )  # fmt: skip


def _without(block: Block, keys: set[str]) -> Block:
    return replace(block, items=tuple(item for item in block.items if item.key not in keys))


def moved(content: Content, key: str, step: int) -> Content:
    """Move an item one place up (-1) or down (+1); from a block's end into the next that has items.

    At the very top or bottom nothing changes.

    Raises:
        EditionRefused: there is no such item.

    """
    content.item(key)
    blocks = [list(block.items) for block in content.blocks]
    where, place = next(
        (where, place)
        for where, items in enumerate(blocks)
        for place, one in enumerate(items)
        if one.key == key
    )
    items = blocks[where]
    if 0 <= place + step < len(items):
        items[place], items[place + step] = items[place + step], items[place]
    else:
        _across(content.blocks, blocks, where, step)
    return Content(
        tuple(
            replace(block, items=tuple(items))
            for block, items in zip(content.blocks, blocks, strict=True)
        )
    )


def _across(shape: Sequence[Block], blocks: list[list[Item]], where: int, step: int) -> None:
    to = where + step
    while 0 <= to < len(blocks) and not takes_stories(shape[to]):
        to += step
    if 0 <= to < len(blocks):
        item = blocks[where].pop(0 if step < 0 else -1)
        blocks[to].insert(len(blocks[to]) if step < 0 else 0, item)


def takes_stories(block: Block) -> bool:
    """Whether items may stand in a block at all."""
    return block.kind not in {BlockKind.TEXT, BlockKind.OFFER}


def block_moved(content: Content, key: str, step: int) -> Content:
    """Move a whole block one place up (-1) or down (+1). Else as `moved`."""
    content.block(key)
    blocks = list(content.blocks)
    place = next(i for i, one in enumerate(blocks) if one.key == key)
    to = place + step
    if 0 <= to < len(blocks):
        blocks[place], blocks[to] = blocks[to], blocks[place]
    return Content(tuple(blocks))


def block_removed(content: Content, key: str) -> Content:
    """Leave a block out with all that stands in it. Else as `Content.block`."""
    content.block(key)
    return Content(tuple(block for block in content.blocks if block.key != key))


def rewritten(content: Content, key: str, *, headline: str, standfirst: str) -> Content:
    """Give an item other words, for this letter only.

    Raises:
        EditionRefused: there is no such item, or the headline is empty.

    """
    if not headline.strip():
        raise EditionRefused("A headline cannot be empty.")
    item = content.item(key)
    return _changed(
        content, replace(item, headline=headline.strip(), standfirst=standfirst.strip())
    )


def reworded(content: Content, key: str, *, title: str, text: str) -> Content:
    """Give a block another title, and, where it is one of text, other words."""
    block = content.block(key)
    kept = text.strip() if block.kind == BlockKind.TEXT else block.text
    return _with(content, replace(block, title=title.strip(), text=kept))


def refreshed(content: Content, now: Item) -> Content:
    """Take over what a story says now: after a correction, words written by hand go too."""
    return _changed(content, now) if any(i.key == now.key for i in content.items) else content


def _changed(content: Content, item: Item) -> Content:
    return Content(
        tuple(
            replace(block, items=tuple(item if i.key == item.key else i for i in block.items))
            for block in content.blocks
        )
    )


def _with(content: Content, changed: Block) -> Content:
    return Content(tuple(changed if b.key == changed.key else b for b in content.blocks))


def is_empty(content: Content) -> bool:
    """Whether nothing is left that anybody would open a letter for."""
    return not content.items


def empty_blocks(content: Content) -> Iterator[Block]:
    """Blocks that would stand in the letter with a title and nothing below it."""
    for block in content.blocks:
        has = block.text if block.kind == BlockKind.TEXT else block.items
        if not has and block.kind != BlockKind.OFFER:
            yield block
