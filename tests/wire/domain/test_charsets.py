"""Letters of documents that do not say their set: told by their bytes, and it is said so."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.wire.domain.charsets import decode, known

FRENCH = "Le café du port a été fermé, dit la propriétaire à Genève."
GERMAN = "Die Fähre fährt früh über die schöne Bucht, hieß es."


@pytest.mark.parametrize("text", [FRENCH, GERMAN, "plain", "東京"])
def test_utf_8_and_ascii_are_read_without_a_word(text):
    assert decode(text.encode(), charset=None) == (text, ())
    assert decode(text.encode("utf-8-sig"), charset=None) == (text, ())


@pytest.mark.parametrize("text", [FRENCH, GERMAN])
@pytest.mark.parametrize(
    ("charset", "name"), [("latin-1", "Latin-1"), ("cp1252", "Latin-1"), ("cp850", "CP850")]
)
def test_older_sets_are_told_by_their_bytes_and_it_is_said(text, charset, name):
    read, (warning,) = decode(text.encode(charset), charset=None)

    assert read == text
    assert f"they were read as {name}." in warning


def test_the_accents_of_iptc_7901_come_before_their_letters():
    sent = b"Le caf\xc2e du port a \xc2et\xc2e ferm\xc2e"

    read, (warning,) = decode(sent, charset=None)

    assert read == "Le café du port a été fermé"
    assert "ISO-6937" in warning


@pytest.mark.parametrize(
    ("sent", "read"),
    [
        (b"\xc8a \xabb\xbb \xfb", "ä «b» ß"),
        (b"a\xc2", "a\u0301".replace("a\u0301", "a\ufffd")),
        (b"\xc2\xc2e", "\ufffdé"),
        (b"\xff", "\ufffd"),
    ],
    ids=["letters", "accent at the end", "two accents", "no letter"],
)
def test_the_providers_iso_6937_is_taken_at_its_word(sent, read):
    assert decode(sent, charset="ISO-6937") == (read, ())


def test_a_set_that_does_not_fit_is_told():
    read, warnings = decode("é".encode("latin-1"), charset="utf-8")

    assert read == "é"
    assert warnings[0] == "It has bytes that its character set, utf-8, does not allow."
    assert decode("é".encode(), charset="ascii") == (
        "é",
        warnings[:1] and ("It has bytes that its character set, ascii, does not allow.",),
    )
    assert decode(b"a", charset="no-such-set")[0] == "a"


@pytest.mark.parametrize("name", ["utf-8", "latin-1", "CP850", "iso-6937", "windows-1252"])
def test_sets_in_which_ascii_is_itself_are_known(name):
    assert known(name)


@pytest.mark.parametrize("name", ["utf-16", "rot13", "zip", "punycode", "klingon", "cp037", ""])
def test_others_are_not(name):
    assert not known(name)


@given(st.binary(max_size=60), st.sampled_from([None, "utf-8", "cp850", "iso-6937", "ascii"]))
def test_any_bytes_are_read_and_ascii_stays(data, charset):
    text, _ = decode(data, charset=charset)

    kept = [chr(byte) for byte in data if 0x20 <= byte < 0x7F and not chr(byte).isalpha()]
    assert [
        one for one in text if one.isascii() and one.isprintable() and not one.isalpha()
    ] == kept
