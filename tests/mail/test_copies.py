"""A letter is cut once and joined for each reader: what went in comes out, and nobody adds to it."""

import email
import email.policy
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.mail.domain.copies import Letter, LetterRefused, cut, read
from dateline.mail.domain.encodings import one_line

SENDER = "Musashi Times <news@musashi.test>"
OURS = {
    "address": "ana@example.test", "number": "7", "message_id": "m3.7@dateline.test",
    "date": "Sun, 29 Nov 2026 19:00:00 +0000", "token:newsletters.out": "c-abc",
}  # fmt: skip
OUT = "<https://musashi.test/newsletters/out/⟦token:newsletters.out⟧/>"
ANYTHING = st.text(st.characters(codec="utf-8"), max_size=300)
# `str.strip` and the parser of mails take these off the ends of a line.
BLANKS = " \t\r\n\f\v\x1c\x1d\x1e\x1f\x85\xa0"


class Words(HTMLParser):
    """What an HTML part says, and its attributes."""

    def __init__(self):
        super().__init__()
        self.said, self.links = [], []

    def handle_data(self, data):
        self.said.append(data)

    def handle_starttag(self, tag, attrs):
        self.links += [value for _, value in attrs]


def joined(letter, **values):
    return read(cut(letter)).joined(OURS | values)


def parsed(raw):
    return email.message_from_bytes(raw, policy=email.policy.default)


def body(mail, kind):
    return mail.get_body((kind,)).get_content()


def letter(**changed):
    given = {
        "subject": "Hello ⟦name⟧: the morning", "html": "<p>Dear ⟦name⟧</p>\n<a href='/⟦name⟧'>x</a>",
        "text": "Dear ⟦name⟧\n.\nread on", "sender": SENDER,
        "headers": {"List-Unsubscribe": OUT, "X-For": "⟦name⟧"},
    }  # fmt: skip
    return Letter(**(given | changed))


@given(ANYTHING)
def test_what_a_slot_is_filled_with_comes_out_as_it_went_in(value):
    mail = parsed(joined(letter(), name=value))

    assert body(mail, "plain") == f"Dear {value}\r\n.\r\nread on"
    assert body(mail, "html").count("<") == 4
    words = Words()
    words.feed(body(mail, "html"))
    shown = value.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "�")
    told = "".join(words.said).replace("\r\n", "\n").replace("\r", "\n").replace("\0", "�")
    assert told.startswith(f"Dear {shown}")
    assert mail["Subject"] == f"Hello {one_line(value)}: the morning"


@given(ANYTHING, ANYTHING, ANYTHING)
def test_nobody_adds_a_header_or_breaks_a_line_whatever_they_call_themselves(name, subject, text):
    plain = joined(letter(), name="Ana")
    given = letter(subject=f"⟦name⟧{subject}⟦name⟧", text=text, reply_to="⟦name⟧ <a@b.test>")
    raw = joined(given, name=name, address=name, number=name)

    names = [*parsed(plain).keys()]
    assert [*parsed(raw).keys()] == [*names[:2], "Reply-To", *names[2:]]
    assert raw.endswith(b"\r\n")
    for line in raw.split(b"\r\n"):
        assert len(line) <= 998
        assert not line.startswith(b".")
        assert not set(line) & set(b"\r\n\0")
        assert line.isascii()


@given(st.text(st.characters(codec="utf-8", exclude_characters="⟦⟧"), max_size=200))
def test_a_letters_own_text_comes_out_as_it_went_in(text):
    mail = parsed(joined(letter(subject=text, html=f"<p>{text}</p>", text=text)))

    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    assert body(mail, "plain") == lines.replace("\n", "\r\n")
    assert body(mail, "html") == f"<p>{lines}</p>".replace("\n", "\r\n")
    assert mail["Subject"].strip(BLANKS) == one_line(text).strip(BLANKS)


def test_a_mail_is_a_whole_one():
    mail = parsed(joined(letter(reply_to="desk@musashi.test"), name="Ana"))

    assert mail["From"] == SENDER
    assert mail["To"] == "ana@example.test"
    assert mail["Reply-To"] == "desk@musashi.test"
    assert mail["Message-ID"] == "<m3.7@dateline.test>"
    assert mail["List-Unsubscribe"] == "<https://musashi.test/newsletters/out/c-abc/>"
    assert mail["MIME-Version"] == "1.0"
    assert mail.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
    assert not mail.defects


def test_a_title_of_any_language_can_send():
    given = letter(
        sender='"武蔵タイムズ, 朝" <news@musashi.test>',
        headers={
            "List-Id": "朝のニュース <morning.musashi.test>",
            "List-Unsubscribe": f"{OUT}, <mailto:out@musashi.test>",
            "X-Told": "朝",
            "X-Of": "Morning ⟦name⟧ <x.test>",
        },
    )
    mail = parsed(joined(given, name="美咲"))

    assert mail["From"].addresses[0].display_name == "武蔵タイムズ, 朝"
    assert mail["List-Id"] == "朝のニュース <morning.musashi.test>"
    assert mail["List-Unsubscribe"].endswith("/>, <mailto:out@musashi.test>")
    assert mail["X-Told"] == "朝"
    assert mail["X-Of"] == "Morning 美咲 <x.test>"


def test_a_letter_of_plain_text_has_one_part():
    mail = parsed(joined(letter(html=""), name="Ana"))

    assert mail.get_content_type() == "text/plain"
    assert mail.get_content() == "Dear Ana\r\n.\r\nread on\r\n"


def test_a_link_in_a_header_cannot_be_broken():
    mail = parsed(joined(letter(), name="é" * 100 + "<>\r\nBcc: x@y.test"))

    assert mail["X-For"] == "%C3%A9" * 50
    assert "Bcc" not in mail
    assert parsed(joined(letter(), name="a" * 299 + "é"))["X-For"] == "a" * 299
    assert parsed(joined(letter(), name="a" * 298 + "é"))["X-For"] == "a" * 298


def test_blanks_at_the_end_of_a_line_arrive():
    mail = parsed(joined(letter(text="a \nb\t\n\nc  "), name=""))

    assert body(mail, "plain") == "a \r\nb\t\r\n\r\nc  "


def test_it_says_which_links_it_wants():
    copy = read(cut(letter(text="⟦token:newsletters.choose⟧ ⟦token:newsletters.out⟧ ⟦number⟧")))

    assert copy.purposes == ("newsletters.choose", "newsletters.out")


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"sender": "Musashi"}, "sender: 'Musashi' is not `Name <address>`."),
        ({"sender": "A <a b@c.test>"}, "sender: 'A <a b@c.test>' is not `Name <address>`."),
        ({"sender": "A <é@c.test>"}, "sender: 'é@c.test' holds letters outside ASCII."),
        ({"headers": {"To": "x"}}, "A letter cannot set the header 'To'."),
        ({"headers": {"Content-Type": "x"}}, "A letter cannot set the header 'Content-Type'."),
        ({"headers": {"X: y\r\nBcc": "x"}}, "A letter cannot set the header 'X: y\\r\\nBcc'."),
        (
            {"headers": {"X-A": "x" * 999}},
            f"The line {'X-A: ' + 'x' * 35!r}… is too long for a mail.",
        ),
    ],
)
def test_refuses_what_is_no_letter(changed, message):
    with pytest.raises(LetterRefused) as refused:
        cut(letter(**changed))

    assert str(refused.value) == message
