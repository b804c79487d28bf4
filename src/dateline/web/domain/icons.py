"""Which icons a masthead has, and the letter that stands in them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Icon:
    """One square picture, its side in pixels. `fit` is how much of it the letter may fill.

    What a device cuts into its own shape (W3C, Maskable Icons) has no corners of its own and keeps
    the letter inside the middle 80 %.
    """

    side: int
    purpose: str
    fit: float

    @property
    def path(self) -> str:
        """Its address on a masthead."""
        return f"/icon-{self.purpose}-{self.side}.png"


ICONS = (Icon(192, "any", 0.62), Icon(512, "any", 0.62), Icon(512, "maskable", 0.46))


def letter_of(name: str, slug: str) -> str:
    """The first letter of a title, in Latin script: our display faces have no other."""
    first = name.removeprefix("The ").strip()[:1].upper()
    return first if first.isascii() and first.isalnum() else slug[:1].upper()
