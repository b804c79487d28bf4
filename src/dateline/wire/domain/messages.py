"""Several items in one document: one that cannot be read never costs the others."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TypeVar

from dateline.wire.domain.errors import WireFormatError
from dateline.wire.domain.item import IncomingItem

Part = TypeVar("Part")


def read_each(
    parts: Iterable[Part], read_part: Callable[[Part], IncomingItem], *, source: str
) -> tuple[IncomingItem, ...]:
    """Read each part; every item carries a warning about the parts that were refused.

    Raises:
        WireFormatError: no part could be read; the first refusal, or that there are none.

    """
    items: list[IncomingItem] = []
    refused: list[WireFormatError] = []
    for part in parts:
        try:
            items.append(read_part(part))
        except WireFormatError as error:
            refused.append(error)
    if not items:
        raise (
            refused[0]
            if refused
            else WireFormatError(source, "(document)", "there is no item in it.")
        )
    left_out = tuple(
        f"Another item of the message could not be read: {one.field}: {one.problem}"
        for one in refused
    )
    return tuple(replace(item, warnings=item.warnings + left_out) for item in items)
