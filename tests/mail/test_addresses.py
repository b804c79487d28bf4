"""Addresses as people type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.mail.domain.addresses import AddressRefused, domain_of, key_of, normalised


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("ana@example.test", "ana@example.test"),
        ("  Ana@Example.TEST \n", "Ana@example.test"),
        ("o'neill+news@mail.example.test", "o'neill+news@mail.example.test"),
        ("ana@bücher.example", "ana@xn--bcher-kva.example"),
        ("ana@例え.jp", "ana@xn--r8jz45g.jp"),
        ("root@localhost", "root@localhost"),
    ],
)
def test_an_address_is_kept_as_mail_needs_it(typed, kept):
    assert normalised(typed) == kept


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("ana", "has no @"),
        ("", "has no @"),
        ("例え@example.test", "letters other than a to z"),
        ("ana..b@example.test", "is no mailbox"),
        ('"ana b"@example.test', "is no mailbox"),
        ("ana@b@example.test", "is no mailbox"),
        ("a" * 65 + "@example.test", "is no mailbox"),
        ("ana\r\nBcc: all@example.test", "is no mailbox"),
        ("@example.test", "is no mailbox"),
        ("ana@example", "is no host"),
        ("ana@exa mple.test", "is no host"),
        ("ana@-example.test", "is no host"),
        ("ana@" + "a" * 64 + ".test", "is no host"),
        ("ana@[127.0.0.1]", "is no host"),
        ("ana@\u2603\ufe0f\u202e.test", "is no host"),
        ("ana@" + "a" * 60 + (".b" * 120) + ".test", "is longer than 254"),
        ("ana" * 100, "…' has no @"),
    ],
)
def test_what_is_no_address_is_refused_with_what_was_found(typed, why):
    with pytest.raises(AddressRefused, match=why):
        normalised(typed)


@given(st.text(max_size=300))
def test_what_is_kept_can_go_on_one_line_of_a_mail(typed):
    try:
        kept = normalised(typed)
    except AddressRefused:
        return
    assert kept.isascii()
    assert kept.isprintable()
    assert " " not in kept
    assert normalised(kept) == kept


def test_two_spellings_of_one_address_are_the_same():
    assert key_of("Ana@example.test") == key_of("ana@example.test")
    assert domain_of("ana@example.test") == "example.test"
