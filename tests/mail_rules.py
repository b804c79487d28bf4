"""What the standards ask of a mail, as `faults(raw)`: nothing is wrong where it returns nothing.

RFC 5322 (format and header fields), 2045 to 2047 (MIME, words that are not ASCII), 2919 and 2369
(List-Id, the other List- fields), 8058 (one click), 3834 (mail by machines).
"""

import re
from email import message_from_bytes, policy
from email.utils import parsedate_to_datetime
from itertools import chain

LONGEST_LINE, LONGEST_WORD, LONGEST_LIST_ID = 998, 75, 255
ONCE = ("From", "Date", "Message-ID", "To", "Subject", "MIME-Version")
AT_MOST_ONCE = (
    "Reply-To", "Sender", "Cc", "In-Reply-To", "References", "List-Id", "List-Unsubscribe",
    "List-Unsubscribe-Post", "List-Archive", "Archived-At", "Auto-Submitted",
)  # fmt: skip
ENCODINGS = {"7bit", "8bit", "quoted-printable", "base64"}
WORD = re.compile(r"=\?[^\s?]+\?[BbQq]\?[^\s?]*\?=")
ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
MESSAGE_ID = re.compile(rf"<{ATOM}(\.{ATOM})*@[A-Za-z0-9.-]+>\Z")
LIST_ID = re.compile(rf"<{ATOM}(\.{ATOM})+>\Z")
ADDRESSES = re.compile(r"<(https?|mailto):[^\s<>]+>(, <(https?|mailto):[^\s<>]+>)*\Z")
WEB = re.compile(r"<https?://[^\s<>]+>")
ONE_CLICK = "List-Unsubscribe=One-Click"
MARKUP = re.compile(r"</?(?:p|br|div|table|a|strong|em)\b[^>]*>|&(?:amp|lt|gt|quot|nbsp|#\d+);")


def faults(raw, *, longest_word=LONGEST_WORD):
    """Everything that is wrong with a mail as it goes over the wire, as sentences."""
    mail = message_from_bytes(raw, policy=policy.default)
    return list(chain(_lines(raw), _fields(raw, mail, longest_word), _lists(mail), _parts(mail)))


def _lines(raw):
    if re.search(rb"(?<!\r)\n|\r(?!\n)", raw):
        yield "a line ends in CR or LF alone"
    if b"\0" in raw:
        yield "there is a NUL"
    for line in raw.split(b"\r\n"):
        if len(line) > LONGEST_LINE:
            yield f"a line of {len(line)} bytes: {line[:40]!r}"


def _fields(raw, mail, longest_word):
    head = raw.partition(b"\r\n\r\n")[0]
    if not head.isascii():
        yield "the header is not ASCII"
    words = WORD.findall(head.decode("ascii", "replace"))
    yield from (f"a long encoded word: {one}" for one in words if len(one) > longest_word)
    counts = {name: len(mail.get_all(name, [])) for name in (*ONCE, *AT_MOST_ONCE)}
    yield from (f"{name} stands there {counts[name]} times" for name in ONCE if counts[name] != 1)
    yield from (f"{name} stands there twice" for name in AT_MOST_ONCE if counts[name] > 1)
    for name, value in mail.items():
        yield from (f"{name}: {defect!r}" for defect in getattr(value, "defects", ()))
    yield from chain(_values(mail), _people(mail))


def _values(mail):
    if not MESSAGE_ID.match(str(mail["Message-ID"]).strip()):
        yield f"Message-ID is {mail['Message-ID']}"
    if not str(mail["Subject"] or "").strip():
        yield "there is no subject"
    if mail["MIME-Version"] != "1.0":
        yield f"MIME-Version is {mail['MIME-Version']}"
    try:
        parsedate_to_datetime(str(mail["Date"]))
    except ValueError:
        yield f"Date is {mail['Date']}"
    if mail["Auto-Submitted"] not in {None, "no", "auto-generated", "auto-replied"}:
        yield f"Auto-Submitted is {mail['Auto-Submitted']}"


def _people(mail):
    for name in ("From", "To", "Reply-To", "Sender"):
        if mail[name] is not None:
            found = mail[name].addresses
            if not found or not all(one.username and one.domain for one in found):
                yield f"{name} is {mail[name]}"


def _lists(mail):
    listed, out, post = (
        str(mail[name]).strip() if mail[name] is not None else ""
        for name in ("List-Id", "List-Unsubscribe", "List-Unsubscribe-Post")
    )
    if listed and not (LIST_ID.search(listed) and len(listed) <= LONGEST_LIST_ID):
        yield f"List-Id is {listed}"
    for name in ("List-Unsubscribe", "List-Archive", "List-Help", "List-Post", "Archived-At"):
        if mail[name] is not None and not ADDRESSES.match(str(mail[name]).strip()):
            yield f"{name} is {mail[name]}"
    if post and (post != ONE_CLICK or not WEB.search(out)):
        yield f"List-Unsubscribe-Post is {post}, List-Unsubscribe {out}"
    if listed and not post:
        yield "a list's mail has no one-click way out"


def _parts(mail):
    if mail.is_multipart() and mail.get_content_type() == "multipart/alternative":
        kinds = [part.get_content_type() for part in mail.iter_parts()]
        if kinds != ["text/plain", "text/html"]:  # the last is the best: RFC 2046, 5.1.4
            yield f"the alternatives are {kinds}"
    for part in mail.walk():
        yield from (f"{part.get_content_type()}: {defect!r}" for defect in part.defects)
        if part.get_content_maintype() == "text":
            yield from _text(part)


def _text(part):
    kind, encoding = part.get_content_type(), str(part["Content-Transfer-Encoding"] or "7bit")
    charset, raw = part.get_content_charset() or "us-ascii", part.get_payload(decode=True)
    if encoding.lower() not in ENCODINGS or charset not in {"utf-8", "us-ascii"}:
        yield f"{kind} is in {charset}, encoded as {encoding}"
    elif encoding == "7bit" and not raw.isascii():
        yield f"{kind} says 7bit and is not"
    else:
        yield from _words(kind, raw, charset)


def _words(kind, raw, charset):
    try:
        text = raw.decode(charset)
    except UnicodeDecodeError:
        yield f"{kind} is not what its charset says"
        return
    if not text.strip():
        yield f"{kind} is empty"
    if "⟦" in text:
        yield f"{kind} has a slot that nobody filled"
    if kind == "text/plain" and (found := MARKUP.search(text)):
        yield f"{kind} has markup: {found[0]}"
