"""How a letter looks: system type in the spirit of its masthead, colours that can be read."""

import colorsys
from dataclasses import dataclass

from dateline.mastheads.domain.look import CONTRAST_FOR_TEXT, Look, contrast
from dateline.mastheads.domain.site import Site, Tokens

STEPS = 20
TURNED_OVER = 3.0
SERIF = "Georgia,'Times New Roman',serif"
SANS = "-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif"
GROTESQUE = "'Helvetica Neue',Helvetica,Arial,sans-serif"
MINCHO = "'Hiragino Mincho ProN','Yu Mincho',YuMincho,'Noto Serif CJK JP','Noto Serif JP',serif"
GOTHIC = (
    "'Hiragino Sans','Hiragino Kaku Gothic ProN','Yu Gothic',Meiryo,'Noto Sans CJK JP',sans-serif"
)
# Display and text of each look; a letter loads no font.
LATIN = {
    Look.DAILY: (SERIF, SANS),
    Look.MAGAZINE: (SERIF, SERIF),
    Look.GUIDE: (GROTESQUE, SERIF),
    Look.WEEKLY: (SANS, SANS),
}
JAPANESE = {Look.DAILY: (MINCHO, GOTHIC), Look.MAGAZINE: (MINCHO, GOTHIC)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Shades:
    """Colours of one scheme as `#rrggbb`; text colours have 4.5:1 on `paper` (WCAG 2.2, 1.4.3)."""

    ink: str
    paper: str
    accent: str
    muted: str
    rule: str
    rule_strong: str
    wash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterLook:
    """What the template of a letter is given to draw with."""

    display: str
    text: str
    light: Shades
    dark: Shades
    wordmark_px: int
    is_japanese: bool


def look_of(site: Site, *, is_japanese: bool) -> LetterLook:
    """The look of a masthead's letters."""
    look = Look(site.look) if site.look in set(Look) else Look.DAILY
    display, text = JAPANESE.get(look, (GOTHIC, GOTHIC)) if is_japanese else LATIN[look]
    t = site.tokens
    longest = 18
    return LetterLook(
        display=display,
        text=text,
        light=shades(ink=t.ink, paper=t.paper, accent=t.accent),
        dark=shades(ink=t.ink_dark, paper=t.paper_dark, accent=t.accent_dark),
        wordmark_px=34 if len(site.name) <= longest else 28,
        is_japanese=is_japanese,
    )


def shades(*, ink: str, paper: str, accent: str) -> Shades:
    """Every colour of a scheme, from a masthead's ink, paper and accent."""
    wash = mix(paper, ink, 0.05)
    return Shades(
        ink=ink, paper=paper,
        accent=_readable(accent, towards=ink, on=(paper, wash)),
        muted=_readable(mix(ink, paper, 0.36), towards=ink, on=(paper, wash)),
        rule=mix(paper, ink, 0.18), rule_strong=mix(paper, ink, 0.85), wash=wash,
    )  # fmt: skip


def mix(one: str, other: str, share: float) -> str:
    """Mix two `#rrggbb` colours in sRGB: `share` 0 is `one`, 1 is `other`."""
    channels = ((int(one[i : i + 2], 16), int(other[i : i + 2], 16)) for i in (1, 3, 5))
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in channels)


def _readable(colour: str, *, towards: str, on: tuple[str, ...]) -> str:
    for step in range(STEPS):
        moved = mix(colour, towards, step / STEPS)
        if all(contrast(moved, ground) >= CONTRAST_FOR_TEXT for ground in on):
            return moved
    return towards


def inverted(colour: str) -> str:
    """A `#rrggbb` as mail programs show it that turn lightness over and keep the hue (Gmail)."""
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    hue, lightness, saturation = colorsys.rgb_to_hls(red, green, blue)
    turned = colorsys.hls_to_rgb(hue, 1 - lightness, saturation)
    return "#" + "".join(f"{round(channel * 255):02x}" for channel in turned)


def faint(tokens: Tokens) -> list[str]:
    """Which texts of a letter could not be read, in light, in dark, or turned over; as sentences.

    Mail programs that turn colours over make dark ink light by half as much as paper grows dark:
    there 3:1 is asked for (WCAG 2.2, 1.4.11), as nobody chose those colours.
    """
    light = shades(ink=tokens.ink, paper=tokens.paper, accent=tokens.accent)
    dark = shades(ink=tokens.ink_dark, paper=tokens.paper_dark, accent=tokens.accent_dark)
    found = []
    for scheme, name, least in (
        (light, "light", CONTRAST_FOR_TEXT),
        (dark, "dark", CONTRAST_FOR_TEXT),
    ):
        found += _faint_in(scheme.paper, scheme, name, least)
    turned = Shades(
        ink=inverted(light.ink), paper=inverted(light.paper), accent=inverted(light.accent),
        muted=inverted(light.muted), rule=light.rule, rule_strong=light.rule_strong,
        wash=light.wash,
    )  # fmt: skip
    return found + _faint_in(turned.paper, turned, "turned over", TURNED_OVER)


def _faint_in(paper: str, scheme: Shades, name: str, least: float) -> list[str]:
    found = []
    for what, colour in (("ink", scheme.ink), ("accent", scheme.accent), ("muted", scheme.muted)):
        ratio = contrast(colour, paper)
        if ratio < least:
            found.append(f"{what} {colour} on {paper} ({name}): {ratio:.1f}, needs {least:.1f}")
    return found
