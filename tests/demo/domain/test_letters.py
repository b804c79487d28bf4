"""Reading the files that Django's file mail backend writes."""

from datetime import UTC, datetime

from dateline.demo.domain.letters import read_letters

BETWEEN = b"-" * 79 + b"\n"
PLAIN = b"""Content-Type: text/plain; charset="utf-8"
Content-Transfer-Encoding: 8bit
Subject: =?utf-8?q?Caf=C3=A9?=
From: desk@localhost
To: ana@example.test
Date: Mon, 23 Nov 2026 06:30:00 -0000

Hello \xe2\x80\x9cAna\xe2\x80\x9d
"""
BOTH = b"""MIME-Version: 1.0
Content-Type: multipart/alternative; boundary="b"
Subject: Two
To: ana@example.test

--b
Content-Type: text/plain; charset="utf-8"

Words
--b
Content-Type: text/html; charset="utf-8"

<p>Words</p>
--b--
"""


def test_each_message_of_a_file_is_a_letter():
    first, second = read_letters(PLAIN + BETWEEN + BOTH + BETWEEN)

    assert (first.subject, first.sender, first.to) == ("Café", "desk@localhost", "ana@example.test")
    assert first.sent_at.replace(tzinfo=UTC) == datetime(2026, 11, 23, 6, 30, tzinfo=UTC)
    assert (first.text, first.html) == ("Hello “Ana”\n", "")
    assert (second.text.strip(), second.html.strip()) == ("Words", "<p>Words</p>")


def test_what_a_letter_does_not_say_is_empty():
    _, bare = read_letters(PLAIN + BETWEEN + b"X-Other: y\n\nWords\n" + BETWEEN)

    assert (bare.sender, bare.to, bare.sent_at) == ("", "", None)
    assert (bare.subject, bare.text) == ("(no subject)", "Words\n")


def test_an_empty_file_has_no_letters():
    assert read_letters(b"") == read_letters(BETWEEN) == []
