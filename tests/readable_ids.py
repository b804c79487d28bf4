"""A test has the same name in every process, so raw bytes are no part of it.

pytest names a test after its parameters. An archive holds the second it was made in, a salt is new
each time: two processes of one run then collect different tests, and the whole run stops.
"""

from unicodedata import category

import pytest

SPACES = "\t\n\r"


def pytest_make_parametrize_id(val, argname):
    """Asked for every parameter that was given no name of its own; None leaves it to pytest."""
    text = val.decode("latin-1") if isinstance(val, bytes) else val
    if isinstance(text, str) and any(_is_raw(sign, val) for sign in text):
        raise pytest.Collector.CollectError(
            f"The parameter {argname!r} holds raw bytes, {val!r:.80}. A name made of it need not be "
            'the same in every process. Name it: pytest.param(..., id="what it is").'
        )


def _is_raw(sign, val):
    if isinstance(val, bytes) and sign > "\x7f":
        return True
    return category(sign) in {"Cc", "Cs"} and sign not in SPACES
