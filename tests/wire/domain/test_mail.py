"""Mail: its text, the documents in it, what its sender did to the standards, and bombs."""

import base64
import json
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.wire.domain import mail_parts, stamps
from dateline.wire.domain.errors import WireFormatError
from dateline.wire.domain.formats import recognise
from tests.media.builders import iim, jpeg
from tests.wire.domain.reading import read, read_one, squeezed
from tests.wire.domain.telegrams import STORY, telegram
from tests.wire.domain.test_fuzz import read_or_refuse

NINJS = json.dumps({"uri": "urn:x:1", "headline": "a", "body_text": "b"}).encode()
HEAD = (
    "Message-ID: <1@hw.test>\nDate: Mon, 30 Nov 2026 11:37:00 +0000\nFrom: Desk <d@hw.test>\n"
    "Subject: Ferry stays\n"
)


def mail(text="The ferry stays.\n", *, files=(), head=HEAD, subtype="plain"):
    """A mail with a text and files, each (bytes, main type, subtype, name)."""
    message = EmailMessage()
    message.set_content(text, subtype=subtype)
    for data, kind, below, name in files:
        message.add_attachment(data, maintype=kind, subtype=below, filename=name)
    return head.encode() + message.as_bytes()


def nested(times, *, by):
    inner = mail()
    for _ in range(times):
        inner = by(inner)
    return inner


def forwarded(inner):
    return HEAD.encode() + b"Content-Type: message/rfc822\n\n" + inner


def attached(inner):
    return mail(files=[(inner, "application", "octet-stream", "a.eml")])


def test_the_subject_is_the_headline_and_the_message_id_the_family():
    item = read_one(mail())

    assert (item.headline, item.family) == ("Ferry stays", "mid:1@hw.test")
    assert item.version_created_at.isoformat() == "2026-11-30T11:37:00+00:00"
    assert (item.body_text, item.usability) == ("The ferry stays.", "usable")
    assert (item.provider, item.ed_note) == ("hw-test", "From: Desk <d@hw.test>")


@pytest.mark.parametrize("before", ["", "   \n\n", "From d@hw.test Mon Nov 30\n"])
def test_what_mail_boxes_put_before_the_headers_is_skipped(before):
    assert recognise(before.encode() + mail(), "x") == "mail"


@pytest.mark.parametrize(
    "data",
    [
        b"Source: Harbour Ltd\nMEDIA RELEASE\n\nText",
        b"From: me\nTo: you\nSubject: a\n\nText",
        b"Subject: a\nDate: b\n\nText",
        b"hello",
        b"",
    ],
)
def test_other_text_is_not_taken_for_mail(data):
    assert not mail_parts.looks_like(data)


def test_html_is_preferred_and_its_words_are_kept():
    item = read_one(mail("<p>A <b>ferry</b>.</p><ul><li>one</li></ul>", subtype="html"))

    assert item.body_html == "<p>A <b>ferry</b>.</p><ul><li>one</li></ul>"


@pytest.mark.parametrize(
    ("hidden", "usability"),
    [
        ("The ferry stays.", "usable"),
        ("Embargoed until Monday noon", "held"),
        ("KILL KILL KILL", "held"),
    ],
)
def test_the_alternative_that_is_not_shown_can_still_hold_it(hidden, usability):
    message = EmailMessage()
    message.set_content(hidden)
    message.add_alternative("<p>The ferry stays.</p>", subtype="html")

    item = read_one(HEAD.encode() + message.as_bytes())

    assert (item.body_text, item.usability) == ("The ferry stays.", usability)


def test_alternatives_without_text_or_without_anything():
    kinds = "Content-Type: multipart/alternative; boundary=b\n\n"
    picture = f"{HEAD}{kinds}--b\nContent-Type: image/gif; name=a.gif\n\nGIF8\n--b--\n"
    plain = f"{HEAD}{kinds}--b\nContent-Type: text/plain\n\nA.\n--b--\n"

    assert "'a.gif' (image/gif) was left out" in read_one(picture).warnings[-1]
    assert read_one(plain).body_text == "A."
    assert read_one(f"{HEAD}{kinds}--b--\n").headline == "Ferry stays"


@pytest.mark.parametrize(
    ("charset", "sent"),
    [("iso-8859-1", "latin-1"), ("utf-16", "utf-16"), ("klingon", "utf-8"), ("zip", "utf-8"),
     ("a\\0b", "utf-8")],
)  # fmt: skip
def test_odd_character_sets_are_read(charset, sent):
    body = base64.b64encode("Die Fähre bleibt.".encode(sent)).decode()
    kind = f'Content-Type: text/plain; charset="{charset}"\nContent-Transfer-Encoding: base64\n\n'

    assert read_one(f"{HEAD}{kind}{body}").body_text == "Die Fähre bleibt."


@pytest.mark.parametrize(
    ("word", "read"),
    [
        (b"=?windows-1252?Q?Ferry\xe2\x80\x99s_day?=", "Ferry\u2019s day"),
        (b"=?windows-1252?Q?Ferry=92s_day?=", "Ferry\u2019s day"),
        (b"=?utf-8?Q?F=C3=A4hre?=", "Fähre"),
        (b"=?klingon?Q?F\xc3\xa4hre?=", None),
        (b"=?latin-1?Q?F\xe4hre?=", None),
    ],
    ids=["UTF-8 in it", "as it should be", "UTF-8", "no set", "no UTF-8"],
)
def test_encoded_words_are_read_as_their_sender_meant(word, read):
    item = read_one(mail(head=HEAD).replace(b"Ferry stays", word, 1))

    assert item.headline == read or (read is None and "hre" in item.headline)


def test_documents_in_a_mail_are_its_items_and_the_mail_is_their_context():
    files = [(NINJS, "application", "json", "a.json"), (telegram(STORY), "text", "plain", "b.txt")]

    items = read(mail("By the way.\n", files=files))

    assert [one.format for one in items] == ["ninjs", "iptc7901"]
    assert all(one.usability == "usable" for one in items)
    assert items[0].ed_note == "From: Desk <d@hw.test>\nMail: Ferry stays\nBy the way."


@pytest.mark.parametrize(
    "text", ["Embargoed until noon.\n", "Please kill the story Ferry, V99.\n", "HOLD HOLD HOLD\n"]
)
def test_what_the_mail_says_holds_the_documents_in_it(text):
    item = read_one(mail(text, files=[(NINJS, "application", "json", "a.json")]))

    assert item.usability == "held"
    assert item.reason.startswith("The mail it came in: ")


def test_a_killed_document_stays_killed():
    killed = NINJS.replace(b'"headline"', b'"pubstatus": "canceled", "headline"')

    item = read_one(mail("Embargo: noon\n", files=[(killed, "application", "json", "a.json")]))

    assert (item.usability, item.recalls) == ("killed", True)


def test_an_attachment_that_cannot_be_read_holds_the_rest():
    files = [(NINJS[:-5], "application", "json", "a.json"), (NINJS, "text", "x", "b.json")]

    item = read_one(mail(files=files))

    assert item.usability == "held"
    assert "Its attachment 'a.json' could not be read: (document): " in item.reason


def test_other_files_are_named_and_text_files_are_part_of_the_text():
    files = [
        (b"%PDF-1.7", "application", "pdf", "a.pdf"),
        ("Die Fähre.".encode("latin-1"), "text", "plain", "b.txt"),
        (b"<p>More.</p>", "text", "html", "c.html"),
    ]

    item = read_one(mail(files=files))

    assert item.body_text == "The ferry stays.\n\nDie Fähre.\n\nMore."
    assert "Its attachment 'a.pdf' (application/pdf) was left out." in item.warnings


def test_pictures_belong_to_the_text():
    files = [
        (jpeg(iim=iim((120, b"The ferry."), (110, b"HW"))), "image", "jpeg", "a.jpg"),
        (jpeg(), "image", "jpeg", "b.jpg"),
    ]

    item = read_one(mail(files=files))

    assert [one.caption for one in item.pictures] == ["The ferry.", None]
    assert (item.kind, item.pictures[0].href) == (None, None)
    assert any(one.startswith("Picture 'b.jpg' may not be used now: ") for one in item.warnings)


@pytest.mark.parametrize("by", [forwarded, attached])
def test_mails_in_a_mail_are_read_to_a_bound(by):
    assert read_one(nested(3, by=by)).body_text == "The ferry stays."
    with pytest.raises(WireFormatError, match="mails inside mails, more than 3 deep"):
        read(nested(4, by=by))


def test_a_forwarded_mail_without_a_mail_is_a_mail_without_text():
    data = f"{HEAD}Content-Type: message/rfc822\n\n"

    assert read(data)[0].usability in ("usable", "held")


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (HEAD + "\n" + "Content-Type: multipart/mixed; boundary=a\n" * 201, "more than 200 parts"),
        (HEAD + "Content-Type: multipart/mixed; boundary=a\n\n" + "--a\n\nx\n" * 201, "more than"),
        (
            HEAD
            + "".join(
                f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(12)
            )
            + "\nx",
            "nested more than 10 levels deep",
        ),
        (HEAD + "Content-Type: text/plain; a=" + "b " * 2_500 + "\n\nA.", "too long to read"),
        (HEAD + "Content-Type: text/plain;" + "\n a=b;" * 50 + "\n\nA.", "too long to read"),
    ],
    ids=["containers", "parts", "levels", "long type", "folded type"],
)
def test_bombs_are_refused(data, problem):
    with pytest.raises(WireFormatError, match=problem):
        read(data)


@pytest.mark.parametrize(
    ("header", "told"),
    [
        ("Auto-Submitted: auto-replied", "not_for_readers"),
        ("Auto-Submitted: no", "usable"),
        ("Content-Type: multipart/report; boundary=b", "not_for_readers"),
    ],
)
def test_automatic_answers_are_not_for_readers(header, told):
    assert read_one(f"{HEAD}{header}\n\nA.").usability == told


def test_a_sender_that_could_not_be_confirmed_is_told():
    data = f"Authentication-Results: mx.hw.test; dmarc=fail (p=NONE)\n{HEAD}\nA."

    assert "could not confirm its sender (dmarc=fail)" in read_one(data).warnings[-1]


def test_references_are_mails_it_belongs_to():
    data = f"References: <a@x.test> <b@x.test>\nIn-Reply-To: <b@x.test>\n{HEAD}\nA."

    assert [one.family for one in read_one(data).relations] == ["mid:b@x.test", "mid:a@x.test"]


@pytest.mark.parametrize("sent", ["", "Message-ID: <>\n", f"Message-ID: <{'x' * 250}>\n"])
def test_without_a_message_id_a_resend_is_the_same_and_another_mail_is_not(sent):
    head = sent + HEAD.partition("\n")[2] + "MIME-Version: 1.0\n"

    one, again, other = (read_one(f"{head}\n{text}") for text in ("A.", "A.", "B."))

    assert one.family == again.family != other.family
    assert "It has no Message-ID" in one.warnings[0]


@pytest.mark.parametrize(
    ("sent", "read"),
    [
        ("Mon, 30 Nov 2026 12:37:00 +0100", "2026-11-30T12:37:00+01:00"),
        ("Mon, 30 Nov 2026 12:37:00 -0000", "2026-11-30T12:37:00+00:00"),
        ("30 Nov 2026 12:37:00", "2026-11-30T12:37:00"),
        ("yesterday", "yesterday"),
        (None, None),
    ],
)
def test_the_date_of_a_mail(sent, read):
    assert stamps.of_mail(sent) == read


@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("From", "name@["),
        pytest.param("Message-ID", "<@\x00[", id="NUL"),
        ("To", "=?x?b?anameklingon?="),
    ],
)
def test_headers_that_the_standard_library_chokes_on_are_read_as_sent(header, value):
    head = "".join(one for one in HEAD.splitlines(keepends=True) if not one.startswith(header))

    item = read_one(f"{header}: {value}\n{head}MIME-Version: 1.0\n\nA.")

    assert item.body_text == "A."


def test_a_header_of_any_length_is_read_in_a_moment():
    item = read_one(f"{HEAD}To: {'a,' * 100_000}\nReferences: {'<a@b> ' * 1_000}\n\nA.")

    assert [one.family for one in item.relations] == ["mid:a@b"]


def test_a_content_type_that_it_chokes_on_is_refused():
    with pytest.raises(WireFormatError, match=r"its headers cannot be read \(IndexError\)"):
        read(f"{HEAD}Content-Type: [afilename;name*0*\n\nA.")


def test_a_name_that_it_chokes_on_is_said_to_be_unreadable():
    data = f"{HEAD}Content-Type: image/gif\nContent-Disposition: [afilename;name*0*\n\nGIF8"

    assert "'(name not readable)' (image/gif) was left out" in read_one(data).warnings[-1]


def test_a_mail_whose_date_has_no_zone_is_held():
    data = HEAD.replace(" +0000", "") + "\nA."

    assert "has no time zone" in read_one(data).reason


@pytest.mark.parametrize(
    ("text", "told"), [("A.", "usable"), ("<p>Not for publication</p>", "held")]
)
def test_notes_in_html_are_not_cut_but_held(text, told):
    data = f"{HEAD}Content-Type: text/html\n\n<p>Ferry.</p>{text}"

    assert read_one(data).usability == told


@given(st.text("abc déf.\n<>&", max_size=100))
def test_no_word_of_a_text_is_lost(text):
    item = read_one(mail(f"Start. {text}\n"))

    assert squeezed(item.body_text) == squeezed(f"Start. {text}")


@given(st.binary(max_size=80), st.sampled_from(["From", "Subject", "Date", "Content-Type", "To"]))
def test_any_header_is_read_or_refused(value, name):
    folded = value.replace(b"\n", b"\n ").replace(b"\r", b"")

    read_or_refuse(HEAD.encode() + name.encode() + b": " + folded + b"\n\nA.")
