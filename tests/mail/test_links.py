"""Links of mails: they carry numbers, and cannot be made up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.mail.domain.tokens import TokenRefused, read, signed
from dateline.mail.queries import links

NUMBERS = st.lists(st.integers(0, 2**63 - 1), min_size=1, max_size=5)


@given(NUMBERS)
def test_a_link_gives_back_its_numbers_and_nothing_else_reads_them(numbers):
    token = signed(b"key", "out", numbers)

    assert read(b"key", "out", token) == tuple(numbers)
    for key, purpose in ((b"other", "out"), (b"key", "in")):
        with pytest.raises(TokenRefused):
            read(key, purpose, token)


@given(NUMBERS, st.data())
def test_a_changed_link_is_refused(numbers, data):
    token = signed(b"key", "out", numbers)
    where = data.draw(st.integers(0, len(token) - 1))
    other = data.draw(st.characters(exclude_characters=token[where]))

    with pytest.raises(TokenRefused, match="not one of ours"):
        read(b"key", "out", token[:where] + other + token[where + 1 :])


@given(st.text(max_size=300))
def test_nothing_made_up_is_a_link(text):
    with pytest.raises(TokenRefused):
        read(b"key", "out", text)


def test_a_link_outlives_a_change_of_the_secret(settings):
    token = links.token_for("out", 7, 3)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "new", [settings.SECRET_KEY]

    assert links.numbers_of("out", token) == (7, 3)
    with pytest.raises(TokenRefused):
        links.numbers_of("out", f"x{token}")
