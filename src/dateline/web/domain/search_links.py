"""The address of a search: what of it is read, and where one more choice leads."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

PATH = "/search"
LAST_PAGE = 50
# Name in the address → kind of mark in the index, and what it may look like.
FILTERS = {
    "section": ("s", re.compile(r"[\w-]{1,60}")),
    "month": ("t", re.compile(r"\d{4}-\d{2}")),
    "author": ("a", re.compile(r"[^\x00-\x1f\x7f]{1,200}")),
    "kind": ("k", re.compile(r"[a-z_]{1,20}")),
    "language": ("l", re.compile(r"[A-Za-z0-9-]{1,12}")),
    "corrected": ("c", re.compile(r"1")),
}
_PAGE = re.compile(r"[1-9][0-9]?")


@dataclass(frozen=True, slots=True)
class Search:
    """What an address asks for. `page` is None where it names none that there can be."""

    typed: str = ""
    best: bool = False
    page: int | None = 1
    filters: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, given: Mapping[str, str]) -> "Search":
        """Read the names that we know of a query string; all others, and bad values, are not."""
        filters = {
            name: value
            for name, (_, pattern) in FILTERS.items()
            if pattern.fullmatch(value := given.get(name, ""))
        }
        asked = given.get("page", "1")
        page = int(asked) if _PAGE.fullmatch(asked) and int(asked) <= LAST_PAGE else None
        return cls(given.get("q", ""), given.get("by") == "best", page, filters)

    @property
    def narrowed(self) -> dict[str, str]:
        """Kind of mark → value, as the index has them."""
        return {FILTERS[name][0]: value for name, value in self.filters.items()}

    def url(self, path: str = PATH) -> str:
        """The one address of this search."""
        named = {"q": self.typed, **({"by": "best"} if self.best else {}), **self.filters}
        if self.page and self.page > 1:
            named["page"] = str(self.page)
        return f"{path}?{urlencode(named)}"

    def turned(self, page: int) -> str:
        """The address of another page of it."""
        return replace(self, page=page).url()

    def ordered(self, *, best: bool) -> str:
        """The address of its first page in this order."""
        return replace(self, best=best, page=1).url()

    def narrowed_to(self, name: str, value: str) -> str:
        """The address with one more filter, at its first page."""
        return replace(self, page=1, filters={**self.filters, name: value}).url()

    def without(self, names: Iterable[str]) -> str:
        """The address with these filters taken away, at its first page."""
        kept = {name: value for name, value in self.filters.items() if name not in set(names)}
        return replace(self, page=1, filters=kept).url()

    def asking(self, typed: str) -> str:
        """The address of another search with nothing narrowed."""
        return Search(typed, self.best).url()

    def by_mail(self) -> str:
        """The address of the form that asks for its new results by mail."""
        return replace(self, best=False, page=1).url(f"{PATH}/mail")

    def feed(self, form: str = "xml") -> str:
        """The address of its feed, which is newest first; `form` is xml, atom or json."""
        return replace(self, best=False, page=1).url(f"{PATH}/feed.{form}")
