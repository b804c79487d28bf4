"""Display names: what one may look like, and when two look the same."""

import unicodedata
from collections.abc import Collection
from datetime import datetime, timedelta

SHORTEST, LONGEST, LONGEST_LOOK = 2, 30, 60
KEPT_FOR = timedelta(days=14)
PUNCTUATION = " .-_'\u2019・ー"
RESERVED = frozenset(
    {
        *("admin", "administrator", "dateline", "desk", "editor", "editorial", "editors"),
        *("moderator", "moderators", "newsroom", "official", "staff", "support", "system"),
        *("anonymous", "deleted", "nobody", "編集部", "管理人", "管理者", "公式", "事務局"),
    }
)
# Letters of other scripts, and digits, that a reader takes for a Latin letter (after UTS 39, 4).
_CYRILLIC = str.maketrans("авекмнорстухіјѕԁԛԝһӏ", "abekmhopctyxijsdqwhl")
_GREEK = str.maketrans("αβεηικνορτυχωγ", "abenikvoptuxwy")
_LATIN = str.maketrans("013578|ıłøđßæœ", "oiestbliloobao")
_ROMAN_SCRIPTS = ("LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE")


class NameRefused(Exception):
    """A display name that cannot be used; `reason` is a word for `domain.words`."""

    def __init__(self, reason: str, **facts: object) -> None:
        super().__init__(reason)
        self.reason = reason
        self.facts = facts


def folded(name: str) -> str:
    """What a name looks like: equal for two names that a hurried reader could take for one.

    Compatibility forms, letter case, accents, spaces and punctuation are dropped; Cyrillic, Greek
    and digits become the Latin letter they resemble; `rn`, `vv`, `l` and `i` are told apart by
    nobody (after Unicode Technical Standard 39, section 4).
    """
    text = unicodedata.normalize("NFKC", name).casefold()
    text = text.translate(_CYRILLIC).translate(_GREEK)
    text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    text = text.translate(_CYRILLIC).translate(_GREEK).translate(_LATIN)
    text = "".join(c for c in text if c.isalnum())
    return text.replace("rn", "m").replace("vv", "w").replace("l", "i")


def cleaned(name: str) -> str:
    """The name as it is stored: composed, without spaces around and with single ones inside."""
    return " ".join(unicodedata.normalize("NFC", name).split())


def check(name: str, *, titles: Collection[str] = ()) -> str:
    """Return the name as it is stored, if it may be anybody's; `titles` are names of mastheads.

    Raises:
        NameRefused: `name_length`, `name_letters`, `name_scripts` or `name_reserved`.

    """
    text = cleaned(name)
    if not SHORTEST <= len(text) <= LONGEST:
        raise NameRefused("name_length", found=len(text))
    strange = [c for c in text if not (c in PUNCTUATION or unicodedata.category(c)[0] in "LMN")]
    if strange or not any(c.isalpha() for c in text):
        raise NameRefused("name_letters", found=strange[0] if strange else text)
    if len(folded(text)) > LONGEST_LOOK:  # one letter of Arabic script can stand for a sentence
        raise NameRefused("name_letters", found=text)
    if len(_scripts(text)) > 1:
        raise NameRefused("name_scripts")
    taken = {folded(word) for word in (*RESERVED, *titles)}
    if folded(text) in taken or not folded(text):
        raise NameRefused("name_reserved", found=text)
    return text


def _scripts(text: str) -> set[str]:
    """The alphabets in it that imitate each other; Japanese beside Latin is a name like others."""
    named = (unicodedata.name(c, "").partition(" ")[0] for c in text if c.isalpha())
    return {script for script in named if script in _ROMAN_SCRIPTS}


def may_change_at(changed_at: datetime | None) -> datetime | None:
    """The moment from which a name may be changed again, aware; None where it may be at once."""
    return changed_at + KEPT_FOR if changed_at else None
