"""How passwords are kept, and which are refused because others have tried or leaked them."""

import threading
from collections.abc import Iterable
from functools import cache
from typing import Any, Protocol

from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.module_loading import import_string
from django.utils.translation import gettext

AT_ONCE = 2  # hashes that one process computes together: 38 MiB, whoever asks
_SEATS = threading.BoundedSemaphore(AT_ONCE)


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

    Each path names a function without arguments that returns `KnownPasswords`.
    """

    def validate(self, password: str, user: Any = None) -> None:
        """Raise ValidationError when any list holds the password, in any letter case."""
        del user
        if any(password.lower() in known for known in _lists(settings.DATELINE_KNOWN_PASSWORDS)):
            raise ValidationError(
                gettext("This password is too common."), code="password_known_elsewhere"
            )

    def get_help_text(self) -> str:
        """What to tell somebody who chooses one."""
        return gettext("Your password can\u2019t be a commonly used password.")


@cache
def _lists(paths: Iterable[str]) -> tuple[KnownPasswords, ...]:
    return tuple(import_string(path)() for path in paths)


def common_passwords() -> KnownPasswords:
    """The 19,640 most common passwords that Django brings along, in lower case."""
    return frozenset(CommonPasswordValidator().passwords)
