"""How a masthead looks: four base looks, and the tokens a title may set for itself."""

import re
from enum import StrEnum

HEX_COLOUR = re.compile(r"#[0-9a-f]{6}")
SRGB_LINEAR_END = 0.04045  # IEC 61966-2-1: below it the curve is a straight line
CONTRAST_FOR_TEXT = 4.5  # WCAG 2.2, 1.4.3 Contrast (Minimum), level AA


class Look(StrEnum):
    """The base look: type, density and picture treatment. Colours are tokens of the masthead."""

    DAILY = "daily"
    MAGAZINE = "magazine"
    GUIDE = "guide"
    WEEKLY = "weekly"


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two `#rrggbb` colours, 1 to 21 (WCAG 2.2, definition of contrast ratio)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (_linear(c) for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    if channel <= SRGB_LINEAR_END:
        return channel / 12.92
    return float(((channel + 0.055) / 1.055) ** 2.4)


def colour_problem(name: str, colour: str, *, on: str) -> str | None:
    """Say what is wrong with a text colour on a background, in a sentence, or None."""
    for value in (colour, on):
        if not HEX_COLOUR.fullmatch(value):
            return f"{name}: {value!r} is not a colour like #b3261e."
    ratio = contrast(colour, on)
    if ratio < CONTRAST_FOR_TEXT:
        return (
            f"{name}: {colour} on {on} has a contrast of {ratio:.1f}; readers need at least "
            f"{CONTRAST_FOR_TEXT}. Choose a darker or a lighter colour."
        )
    return None
