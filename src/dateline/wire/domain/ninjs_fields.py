"""A ninjs object of any generation, read by one set of names and able to say what is wrong."""

from collections.abc import Iterable
from typing import Any

from dateline.wire.domain.errors import WireFormatError
from dateline.wire.domain.wording import tidy

# ninjs 3.x renamed fields (specification/ninjs-schema_3.1.json); in lower case the rest agree.
_NEW_NAMES = {
    "embargoeduntil": "embargoed", "people": "person", "organisations": "organisation",
    "places": "place", "subjects": "subject", "infosources": "infosource", "genres": "genre",
    "contenttype": "mimetype",
}  # fmt: skip
UNKNOWN_SAFETY = ("embargo", "pubstatus", "publishingstatus", "publicationstatus", "notbefore")


class Fields:
    """One JSON object whose names are compared without letter case.

    Raises:
        WireFormatError: two names differ only in letter case and their values differ.

    """

    def __init__(self, values: dict[str, Any], source: str) -> None:
        self.source = source
        self.sent = values
        self.values: dict[str, Any] = {}
        for sent_name, value in values.items():
            name = _NEW_NAMES.get(sent_name.lower(), sent_name.lower())
            if name in self.values and self.values[name] != value:
                raise self.wrong(sent_name, "it is given twice, with different values.")
            self.values[name] = value

    def wrong(self, name: str, problem: str) -> WireFormatError:
        """Return the refusal of one field."""
        return WireFormatError(self.source, name, problem)

    def has(self, *names: str) -> bool:
        """Say whether any of these fields is there, whatever it holds."""
        return any(name in self.values for name in names)

    def text(self, *names: str) -> str | None:
        """Return the first of these fields that has text; numbers count as text.

        Raises:
            WireFormatError: one of them holds a list, an object or a truth value.

        """
        for name in names:
            text = self.text_from(name, self.values.get(name))
            if text and text.strip():
                return text
        return None

    def text_from(self, name: str, value: Any) -> str | None:
        """Return a value as text, None for null; refuse what is neither text nor number."""
        if value is None or isinstance(value, str):
            return tidy(value) if value else None
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self.wrong(name, f"expected text, found {str(value)[:60]!r}.")
        return str(value)

    def every(self, name: str) -> tuple[str, ...]:
        """Return a field that must never be overlooked: its text, '' when it is there but empty."""
        if name not in self.values:
            return ()
        return (self.text_from(name, self.values[name]) or "",)

    def objects(self, *names: str) -> list["Fields"]:
        """Return the objects in these fields: of a list, or of a 1.x object of named objects.

        Raises:
            WireFormatError: a field is neither, or holds something else.

        """
        found: list[Fields] = []
        for name in names:
            value = self.values.get(name) or []
            each: Iterable[Any] = value.values() if isinstance(value, dict) else value
            if not isinstance(value, dict | list):
                raise self.wrong(name, f"expected a list of objects, found {str(value)[:60]!r}.")
            for one in each:
                if one is None:
                    continue  # Superdesk writes null for an association that was taken out
                if not isinstance(one, dict):
                    raise self.wrong(name, f"expected objects, found {str(one)[:60]!r}.")
                found.append(Fields(one, self.source))
        return found

    def words(self, *names: str) -> tuple[str, ...]:
        """Return texts from fields that are one text, a list of texts, or of named objects."""
        found: list[str] = []
        for name in names:
            value = self.values.get(name)
            for one in value if isinstance(value, list) else [value]:
                named = (
                    Fields(one, self.source).text("name", "value") if isinstance(one, dict) else one
                )
                text = self.text_from(name, named)
                found += [text] if text and text.strip() else []
        return tuple(found)

    def strangers(self) -> list[str]:
        """Return names that look like an embargo or a status but are none this reader knows."""
        return [
            sent
            for sent in self.sent
            if (
                any(part in _bare(sent) for part in UNKNOWN_SAFETY)
                and _bare(sent) not in ("embargoed", "embargoeduntil", "pubstatus")
            )
            or (
                _bare(sent) in ("embargoed", "embargoeduntil", "pubstatus")
                and _bare(sent) != sent.lower()
            )
        ]


def doubt_about(name: str, *, ask: str) -> str:
    """Return the reason to hold an item with a field that nobody here knows; `ask` is whom."""
    return f"It has a field {name!r} that may be an embargo or a status. Ask {ask} about it."


def _bare(name: str) -> str:
    return "".join(letter for letter in name.lower() if letter.isalnum())
