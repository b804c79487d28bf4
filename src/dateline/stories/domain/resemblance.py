"""Which stories and items a notice in words may mean, and why each one is thought to be meant."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

LIKE = 0.6  # share of the shorter one's words that two sluglines or headlines have in common
_FEW = 3  # common words below which headlines are not alike, whatever their share
_PASSAGE, _PASSAGE_JA = 10, 24  # words, or pairs of characters, that are no coincidence
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+|[^\W_]+")
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
# What a notice says of itself; it must not make it like another story about kills.
_NOTICE = frozenset(
    {
        *("kill", "kills", "killed", "hold", "mandatory", "advisory", "attention", "editor"),
        *("editors", "please", "disregard", "withdrawn", "withdrawal", "urgent", "bc", "the"),
        *("and", "story", "item", "photo", "picture", "annulation", "storno", "rückruf"),
        "zurückgezogen",
    }
)
_PICTURE = re.compile(
    r"\b(?:photos?|photographs?|pictures?|images?|fotos?|bild(?:er)?)\b|写真|画像", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What a notice says: its own family, families it points to, and its words.

    `heading` is where it says what it is about (headline, slugline, caption); `words` is all of it;
    `named` what it asks to kill, where that could be told.
    """

    family: str
    related: frozenset[str] = frozenset()
    slugline: str = ""
    heading: str = ""
    named: str = ""
    words: str = ""
    is_picture: bool = False

    @property
    def means_a_picture(self) -> bool:
        """Whether it speaks of a picture: then the stories around it are not meant."""
        return self.is_picture or bool(_PICTURE.search(f"{self.heading} {self.named}"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspect:
    """What may be meant: a story or an item, with every wording under which it was known."""

    families: frozenset[str]
    sluglines: tuple[str, ...] = ()
    headlines: tuple[str, ...] = ()
    text: str = ""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why it is thought to be meant, as a sentence. `strong`: the notice says so itself."""

    sentence: str
    strong: bool


def why(notice: Notice, suspect: Suspect) -> tuple[Reason, ...]:
    """Every reason to think that `notice` means `suspect`, the strong ones first; often none."""
    found = [*_by_id(notice, suspect), *_by_name(notice, suspect), *_by_words(notice, suspect)]
    return tuple(sorted(dict.fromkeys(found), key=lambda one: not one.strong))


def _by_id(notice: Notice, suspect: Suspect) -> Iterable[Reason]:
    if notice.family in suspect.families:
        yield Reason("The notice is a version of the same agency item.", strong=True)
    if notice.related & suspect.families:
        yield Reason("The notice points to this agency item.", strong=True)


def _by_name(notice: Notice, suspect: Suspect) -> Iterable[Reason]:
    said = _plain(notice.words)
    asked = _words(notice.slugline) - _NOTICE
    for slugline in filter(None, suspect.sluglines):
        own = _words(slugline) - _NOTICE
        if own and own == asked:
            yield Reason(f"The notice has its slugline, {slugline}.", strong=True)
        elif len(own) > 1 and f" {_plain(slugline)} " in f" {said} ":
            yield Reason(f"The notice names its slugline, {slugline}.", strong=True)
        elif own and (own <= _words(notice.named) or _share(own, asked) >= LIKE):
            yield Reason(f"Its slugline, {slugline}, is like the notice\u2019s.", strong=False)
    for headline in filter(None, suspect.headlines):
        if len(_words(headline)) >= _FEW and f" {_plain(headline)} " in f" {said} ":
            yield Reason(f"The notice quotes its headline, “{headline}”.", strong=True)


def _by_words(notice: Notice, suspect: Suspect) -> Iterable[Reason]:
    about = (_words(notice.heading) | _words(notice.named)) - _NOTICE
    for headline in filter(None, suspect.headlines):
        own = _words(headline) - _NOTICE
        if len(own & about) >= _FEW and _share(own, about) >= LIKE:
            yield Reason(f"Its headline, “{headline}”, is like the notice\u2019s.", strong=False)
    if shares_a_passage(notice.words, suspect.text):
        yield Reason("A passage of its text stands in the notice.", strong=False)


def shares_a_passage(one: str, other: str) -> bool:
    """Whether two texts have ten words in a row in common, or as much of unspaced writing."""
    return not _passages(one).isdisjoint(_passages(other))


def _passages(text: str) -> set[tuple[str, ...]]:
    """Runs of ten spaced words, and of twenty-four words or pairs of any writing."""
    words = _plain(text).split()
    runs = {tuple(words[n : n + _PASSAGE_JA]) for n in range(len(words) - _PASSAGE_JA + 1)}
    short = (words[n : n + _PASSAGE] for n in range(len(words) - _PASSAGE + 1))
    return runs | {tuple(run) for run in short if not any(_UNSPACED.match(word) for word in run)}


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    shorter = min(len(one), len(other))
    return len(one & other) / shorter if shorter else 0.0


def _words(text: str) -> frozenset[str]:
    return frozenset(_plain(text).split())


def _plain(text: str) -> str:
    """The words of a text in lower case, one space between; unspaced writing in pairs."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(word for run in _WORD.findall(folded) for word in _pairs(run))


def _pairs(run: str) -> Iterable[str]:
    if not _UNSPACED.match(run):
        return (run,)
    return (run[n : n + 2] for n in range(max(len(run) - 1, 1)))
