"""The colours of a masthead's pages, derived from the three it chose, always readable."""

from dataclasses import dataclass

from dateline.mastheads.domain.look import CONTRAST_FOR_TEXT, contrast

STEPS = 20  # how finely a colour is moved towards another, 5 % a step
BLACK, WHITE = "#000000", "#ffffff"


@dataclass(frozen=True, slots=True, kw_only=True)
class Palette:
    """Colours as `#rrggbb`; text colours have 4.5:1 on `paper` and `wash` (WCAG 2.2, 1.4.3)."""

    ink: str
    paper: str
    accent: str
    accent_text: str
    on_accent: str
    muted: str
    rule: str
    rule_strong: str
    wash: str
    added: str
    removed: str


def palette(*, ink: str, paper: str, accent: str) -> Palette:
    """Derive every colour of a page from a masthead's `#rrggbb` ink, paper and accent."""
    wash = mix(paper, ink, 0.05)
    return Palette(
        ink=ink,
        paper=paper,
        accent=accent,
        accent_text=_readable(accent, towards=ink, on=(paper, wash)),
        on_accent=max((paper, ink, BLACK, WHITE), key=lambda colour: contrast(colour, accent)),
        muted=_readable(mix(ink, paper, 0.36), towards=ink, on=(paper, wash)),
        rule=mix(paper, ink, 0.16),
        rule_strong=mix(paper, ink, 0.55),
        wash=wash,
        added=mix(paper, "#1d8f4e", 0.22),
        removed=mix(paper, "#c23b31", 0.22),
    )


def mix(one: str, other: str, share: float) -> str:
    """Mix two `#rrggbb` colours in sRGB: `share` 0 is `one`, 1 is `other`."""
    channels = ((int(one[i : i + 2], 16), int(other[i : i + 2], 16)) for i in (1, 3, 5))
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in channels)


def _readable(colour: str, *, towards: str, on: tuple[str, ...]) -> str:
    """The colour nearest to `colour`, moved `towards` another, that can be read on all of `on`."""
    for step in range(STEPS):
        moved = mix(colour, towards, step / STEPS)
        if all(contrast(moved, ground) >= CONTRAST_FOR_TEXT for ground in on):
            return moved
    return towards
