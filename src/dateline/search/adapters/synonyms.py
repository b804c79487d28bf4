"""Words of one meaning: those that come with the product, and a file of the newsroom's own."""

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from dateline.search.domain import word_lists
from dateline.search.domain.analyser import Synonyms, usual_synonyms
from dateline.search.domain.own_synonyms import OwnSynonyms, Problem, read

LARGEST = 1_000_000  # bytes


def synonyms() -> Synonyms:
    """All of them as they are now: a file that was saved is true with the next question.

    What is wrong with the file is left out; `own` says what.
    """
    path = settings.DATELINE_SEARCH_SYNONYMS
    if path is None:
        return usual_synonyms()
    try:
        stat = path.stat()
    except OSError:
        return usual_synonyms()
    return _joined(path, stat.st_mtime_ns, stat.st_size)


def own() -> OwnSynonyms:
    """The newsroom's own, and what is wrong with them; nothing where no file is named."""
    path = settings.DATELINE_SEARCH_SYNONYMS
    return OwnSynonyms() if path is None else _read(path)


def _read(path: Path) -> OwnSynonyms:
    try:
        with path.open("rb") as file:
            text = file.read(LARGEST + 1)
    except OSError as error:
        return OwnSynonyms(problems=(Problem(0, f"it cannot be read: {error.strerror}."),))
    if len(text) > LARGEST:
        return OwnSynonyms(problems=(Problem(0, f"it has more than {LARGEST:,} bytes."),))
    return read(text)


@lru_cache(maxsize=1)
def _joined(path: Path, _changed_ns: int, _size: int) -> Synonyms:
    usual = word_lists.SYNONYMS.strip().splitlines()
    return Synonyms([*usual, *_read(path).groups])
