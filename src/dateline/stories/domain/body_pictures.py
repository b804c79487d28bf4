"""Which pictures stand in a story's body: those of their own and those of galleries."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

PICTURE, GALLERY = "picture", "gallery"


def shown_in(blocks: Iterable[Any]) -> Iterator[Mapping[str, Any]]:
    """Each `picture` with its `caption` of the bound blocks of a body, in the order of the page.

    One whose row was deleted is left out.
    """
    for block in blocks:
        found: Iterable[Mapping[str, Any]] = ()
        if block.block_type == PICTURE:
            found = (block.value,)
        elif block.block_type == GALLERY:
            found = block.value["pictures"]
        yield from (value for value in found if value["picture"])


def ids_in(raw: Iterable[Mapping[str, Any]]) -> set[int]:
    """The ids of all pictures that the stored JSON of a body names."""
    found: set[int] = set()
    for block in raw:
        if block["type"] == PICTURE:
            found.add(block["value"].get("picture"))
        elif block["type"] == GALLERY:
            items = block["value"].get("pictures", ())
            found |= {item.get("value", item).get("picture") for item in items}
    return found
