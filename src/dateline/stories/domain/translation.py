"""Who translated a story, how, and from which; and its own translations."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class How(StrEnum):
    """How a translation was made. Readers are told, in these very terms."""

    PERSON = "person"
    CHECKED = "checked"  # made by a machine, and read against the original by a person
    MACHINE = "machine"  # and nobody has checked it


NEEDS_A_NAME = {
    How.PERSON.value: "Say who translated it.",
    How.CHECKED.value: "Say who checked what the machine wrote.",
}


@dataclass(frozen=True, slots=True)
class Tongue:
    """A story in another language, where readers may see it. `url` is absolute."""

    language: str
    headline: str
    url: str


@dataclass(frozen=True, slots=True)
class Translation:
    """How a story came into its language. `name` and `slug` are the translator's, or the checker's.

    `original` is None where readers may not see the story that it was made from, or there is none.
    """

    how: How
    name: str = ""
    slug: str = ""
    original: Tongue | None = None


def problem_of(data: dict[str, Any], *, own_id: int | None) -> tuple[str, str]:
    """What is wrong with what an editor says of a translation: a field and a sentence, or nothing.

    `data` has `translated_how`, the `translator`, the story `translated_from` and its `language`.
    """
    how, who = data.get("translated_how"), data.get("translator")
    origin = data.get("translated_from")
    if not how:
        return ("translated_how", "Say how it was translated.") if who or origin else ("", "")
    if how in NEEDS_A_NAME and not who:
        return "translator", NEEDS_A_NAME[how]
    if how == How.MACHINE and who:
        return "translator", "Name nobody for what nobody has checked, or say that it was checked."
    return _of_origin(origin, language=data.get("language"), own_id=own_id)


def _of_origin(origin: Any, *, language: Any, own_id: int | None) -> tuple[str, str]:
    if origin is None:
        return "", ""
    if own_id is not None and own_id in {origin.pk, origin.translated_from_id}:
        return "translated_from", "A story is no translation of itself. Choose the original."
    if origin.language == language:
        return (
            "translated_from",
            "That story is in this language too. Choose another.",
        )
    return "", ""
