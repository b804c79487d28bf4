"""What the links of a letter are: straight to a page, or by a name of their own."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from dateline.newsletters.domain.clicks import COPY, NAME, PATH, Kind


@dataclass(frozen=True, slots=True)
class Wish:
    """Where a link shall lead: a path on the masthead with slug `site`. `told` names it for people.

    `story_id` is 0 for what is no story.
    """

    kind: Kind
    site: str
    path: str
    told: str = ""
    story_id: int = 0


NameOf = Callable[[Wish], str]


def straight(_: Wish) -> str:
    """No name: the link leads straight on, and nobody counts it. For previews and tests."""
    return ""


def sized(_: Wish) -> str:
    """A name that is none, as long as one: to see how large a letter will be."""
    return "x" * NAME


@dataclass(frozen=True, slots=True)
class Doors:
    """The links of one letter. `home` is its masthead's slug, `origins` those of each masthead."""

    home: str
    origins: Mapping[str, str]
    name_of: NameOf

    def straight(self, site: str, path: str) -> str:
        """The address of a path on a masthead."""
        return self.origins.get(site, "") + path

    def to(self, wish: Wish) -> str:
        """What stands in the letter: a name on its masthead's host, with a slot for the copy.

        Where it leads is looked up by that name; the link itself does not say.
        """
        name = self.name_of(wish) if wish.site in self.origins else ""
        if not name:
            return self.straight(wish.site, wish.path)
        return f"{self.origins[self.home]}{PATH}{name}/⟦token:{COPY}⟧"

    def hidden(self) -> str:
        """A link that no person sees; nothing where links are not counted."""
        wish = Wish(Kind.HIDDEN, self.home, "/")
        return self.to(wish) if self.name_of(wish) else ""
