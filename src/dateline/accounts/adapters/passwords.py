"""How passwords are kept, and which are refused because others have tried or leaked them."""

import re
import threading
from collections.abc import Iterable
from functools import cache
from typing import Any, Protocol

from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.db import DatabaseError
from django.utils.module_loading import import_string
from django.utils.translation import gettext

from dateline.accounts.domain.names import RESERVED
from dateline.mastheads import queries as mastheads

AT_ONCE = 2  # hashes that one process computes together: 38 MiB, whoever asks
_SEATS = threading.BoundedSemaphore(AT_ONCE)
SHORTEST_WORD = 4  # letters; what is shorter makes a password neither better nor worse


class Argon2id(Argon2PasswordHasher):
    """Argon2id with 2 passes over 19 MiB in one lane (OWASP ASVS 5.0, appendix C, level A).

    Django's own parameters take 100 MiB and eight lanes a log-in: twenty at once are 2 GB.
    """

    time_cost = 2
    memory_cost = 19 * 1024  # KiB
    parallelism = 1

    def encode(self, password: str, salt: str) -> str:
        """Hash a password; waits while two others are hashed in this process."""
        with _SEATS:
            return super().encode(password, salt)

    def verify(self, password: str, encoded: str) -> bool:
        """Compare a password; waits while two others are hashed in this process."""
        with _SEATS:
            return super().verify(password, encoded)


class KnownPasswords(Protocol):
    """A list of passwords that were tried or leaked elsewhere. Must answer without a network."""

    def __contains__(self, password: object) -> bool: ...


class NotKnownElsewhere:
    """Refuses a password that is on a list; the lists are paths in DATELINE_KNOWN_PASSWORDS.

    Each path names a function without arguments that returns `KnownPasswords`. Whoever guesses also
    begins with the names that stand on the page: those of the network, its titles and its offices
    are refused, with any digits and signs around them.
    """

    def validate(self, password: str, user: Any = None) -> None:
        """Raise ValidationError when any list holds the password, in any letter case."""
        titles = _titles() if user else []  # without somebody, there may be no network yet
        lists = _lists(settings.DATELINE_KNOWN_PASSWORDS)
        if is_of_our_names(password, titles) or any(password.lower() in one for one in lists):
            raise ValidationError(
                gettext("This password is too common."), code="password_known_elsewhere"
            )

    def get_help_text(self) -> str:
        """What to tell somebody who chooses one."""
        return gettext("Your password can\u2019t be a commonly used password.")


def is_of_our_names(password: str, titles: Iterable[str]) -> bool:
    """Whether nothing but names that everybody knows here is left of a password's letters."""
    left = "".join(_letters(password))
    names = " ".join([settings.DATELINE_NETWORK_DOMAIN, *RESERVED, *titles])
    words = {word for word in _letters(names) if len(word) >= SHORTEST_WORD}
    found = [word for word in words if word in left]
    for word in sorted(found, key=len, reverse=True):
        left = left.replace(word, "")
    return bool(found) and len(left) < SHORTEST_WORD


def _titles() -> list[str]:
    """The names of the titles; none where the first administrator comes before the database."""
    try:
        return [site.name for site in mastheads.all_mastheads()]
    except DatabaseError:
        return []


def _letters(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", text.casefold())


@cache
def _lists(paths: Iterable[str]) -> tuple[KnownPasswords, ...]:
    return tuple(import_string(path)() for path in paths)


def common_passwords() -> KnownPasswords:
    """The 19,640 most common passwords that Django brings along, in lower case."""
    return frozenset(CommonPasswordValidator().passwords)
