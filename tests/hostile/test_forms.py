"""Hostile words through every form and every upload: no server error, and nothing typed is lost.

PostgreSQL refuses a text with a null in it and a number that is too large, where SQLite takes
both; what would reach the database is therefore looked at on its way.
"""

import re
from html import unescape
from itertools import product
from pathlib import Path
from urllib.parse import urljoin

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from lxml import html

from dateline import clock
from dateline.discussion import models
from dateline.discussion.services import appeals, decisions, readers
from dateline.mastheads import services as mastheads
from dateline.media.models import Picture
from tests.factories import people
from tests.factories.discussion import MINUTE, NOON, a_comment, a_reader, house
from tests.factories.newsroom import a_draft, a_masthead, a_story, an_editor
from tests.factories.people import ACCOUNT, a_session
from tests.factories.pictures import jpeg
from tests.factories.web import path_of
from tests.factories.wire import a_provider, a_wire_item
from tests.hostile import corpus
from tests.hostile.corpus import ATTACK, packed
from tests.web.talkers import Talker

MUSASHI, DESK = "musashi.localhost", "desk.localhost"
SERVER_ERROR = 500
LARGEST = 2**63
OURS = r"http://a/[^\s\\]*"  # as a browser on the host `a` reads the address it is sent to
ROOM = 4_500  # characters that the larger fields hold
ODD = {
    "nothing": "", "a space": " ", "a null": "\0", "nulls": "a\0b\0",
    "many digits": "9" * 30, "below none": "-1", "a float": "1e309", "other digits": "\u0663\u00b2",
    "long": "a" * 6_000, "long and wide": "\U0001f600" * 5_100, "lines": "\r\n\r\n\n",
    "left": "\u202eabc\u202c", "unseen": "\u200b\ufeff", "SQL": "' OR 1=1 --", "a path": "../../etc/passwd",
    "signs": "=1+1 {}{0}%s%n '); -- </textarea></form><script>ran()</script>" + ATTACK, "an address": '"<svg/onload=ran()>"@evil.example', "a list": "a@b@c,d",
    "a place": "//evil.example/", "a script": "javascript:ran()", "one word": "\ufdfa" * 300,
}  # fmt: skip
FIT = "address=http://musashi.localhost/ kind=other reasons name email=a@b.example good_faith=on"
# (who, path, fields) of every form; {names} are filled in from the newsroom below.
FORMS = {
    "register": ("account", "/signup/", "email password1"),
    "log in": ("account", "/login/", "login password remember next"),
    "log in by code": ("account", "/login/code/", "email next"),
    "forgotten": ("account", "/password/reset/", "email"),
    "code for a password": ("account", "/password/reset/confirm/", "code"),
    "display name": ("reader", "/name/", "name"),
    "join": ("reader", "/join/?to=musashi&path=/&nonce=a", "name"),
    "another address": ("reader", "/email/", "email action_add"),
    "end a log-in": ("reader", "/log-ins/end/", "login"),
    "end a connection": ("reader", "/connections/end/", "account"),
    "leave": ("reader", "/your-data/delete/", "choice password"),
    "comment": ("talker", "{thread}", "text key quote answers"),
    "answer": ("talker", "{thread}", "text key quote answers={row}"),
    "vote": ("talker", "{thread}{row}/vote", "value"),
    "report": ("talker", "{thread}{row}/report", "reason text"),
    "change": ("talker", "{thread}{own}/edit", "text"),
    "follow": ("talker", "{thread}follow", "on"),
    "mute": ("talker", "/member/{author}/mute", "on next"),
    "appeal": ("talker", "/account/comments/{decision}/appeal/", "text"),
    "notice": ("talker", "/notices/", "address kind reasons name email good_faith"),
    "fit notice": ("talker", "/notices/", FIT),
    "decide": ("desk", "/comments/{row}/decide/", "verb version rule reason"),
    "remove": ("desk", "/comments/{row}/decide/", "verb=removed version=1 rule=1 reason"),
    "undo": ("desk", "/comments/{row}/undo/", "decision"),
    "person": ("desk", "/comments/people/{author}/", "verb where rule days reason"),
    "warn": ("desk", "/comments/people/{author}/", "verb=warned where=network rule=1 reason"),
    "words": ("desk", "/comments/words/network/", "lines kind=banned"),
    "words off": ("desk", "/comments/words/network/", "lines kind=banned do=unlist"),
    "house": ("desk", "/comments/house/musashi/", "door close_after_days edit_minutes most_links"),
    "moderator": ("desk", "/comments/moderators/", "email where"),
    "door": ("desk", "/comments/threads/{story}/", "masthead door reason"),
    "answer an appeal": ("desk", "/comments/appeals/{appeal}/", "upheld=no answer"),
    "decide a notice": ("desk", "/comments/notices/{notice}/", "outcome=kept rule answer"),
    "kill": ("desk", "/stories/{draft}/kill/", "reason"),
    "provider": ("desk", "/snippets/wire/provider/add/", "name slug copyright_line time_zone"),
    "title": ("desk", "/snippets/mastheads/masthead/add/", "name slug host time_zone accent about"),
    "person of the newsroom": ("desk", "/snippets/stories/person/add/", "name slug"),
}  # fmt: skip
ASKED = {
    "thread": ("talker", "{thread}", "order after said"),
    "quote": ("talker", "{thread}{row}", "quote said"),
    "member": ("talker", "/member/{author}/", "before"),
    "own comments": ("talker", "/account/comments/", "before sent"),
    "section": ("talker", "/world/", "page"),
    "a notice's address": ("talker", "/notices/", "address"),
    "door out": ("talker", "/account/enter/", "next by"),
    "door back": ("talker", "/account/back/", "code"),
    "enter": ("reader", "/enter/", "to path nonce by hl"),
    "enter a title": ("reader", "/enter/", "to=musashi path nonce"),
    "invitation": ("reader", "/alerts/", "token"),
    "wire": ("desk", "/wire/", "q state provider urgency kind language story before after"),
    "new on the wire": ("desk", "/wire/new/", "after shown q"),
    "stories": ("desk", "/snippets/stories/story/", "q p"),
    "pictures": ("desk", "/images/", "q p"),
    "queue": ("desk", "/comments/queue/new/", "masthead after"),
    "found words": ("desk", "/comments/words/network/", "q"),
}  # fmt: skip
PATHS = (
    "/{}", "/world/{}", "/world/a-{}", "/world/a-{}/comments/", "/world/a-1/comments/{}",
    "/notices/{}/", "/member/{}/", "/media/originals/{}", "/media/images/{}", "/static/{}",
    "/comments/{}/", "/wire/{}/", "/comments/queue/{}/", "/your-data/{}/", "/mailbox/{}/0/",
)  # fmt: skip
MOST = 900  # characters of a reason that fits everywhere
FOR_WORDS = {"fit notice": ROOM, "report": MOST, "warn": 1_900, "kill": 1_900, "words": ROOM}
GIVEN_BACK = {"appeal", "comment", "answer", "change", "notice", "words", "person"}


def no_null_and_no_large_number(execute, sql, params, many, context):
    """What the database is given, as PostgreSQL would take it."""
    for row in params if many else [params or ()]:
        for value in row.values() if isinstance(row, dict) else row:
            assert not (isinstance(value, str) and "\0" in value), sql
            assert not (type(value) is int and abs(value) >= LARGEST), sql
    return execute(sql, params, many, context)


@pytest.fixture
def strict(db):
    with connection.execute_wrapper(no_null_and_no_large_number):
        yield


class Newsroom:
    """Something of everything that a form is about, and somebody to send it."""

    def __init__(self):
        self.musashi = a_masthead()
        house(self.musashi, seconds_between=0, most_in_minute=0, most_links=0, hold_at_reports=0)
        self.story = a_story(at=NOON)
        self.rin = Talker("Rin")
        self.editor = an_editor()
        models.Moderator.objects.create(user=self.editor, masthead=None)
        self.row = a_comment(self.story, self.musashi, author=a_reader("Jun"), at=NOON + MINUTE)
        self.own = a_comment(self.story, self.musashi, author=self.rin.person, at=clock.now())
        warned = {"masthead_id": self.musashi.pk, "by": self.editor.pk, "rule": 1}
        self.decision = readers.warn(self.rin.person.pk, **warned)
        other = readers.warn(self.row.author_id, **warned)
        self.appeal = appeals.appeal(other, by=self.row.author_id, text="No.")
        self.notice = models.Notice.objects.create(
            reference="N2026-1", masthead=self.musashi, address="http://musashi.localhost/", kind="other",
            reasons="It is not lawful.", name="A", email="a@readers.example", at=NOON,
        )  # fmt: skip
        self.names = {
            "thread": f"{path_of(self.story)}/comments/", "row": self.row.pk, "own": self.own.pk,
            "author": self.row.author_id, "decision": self.decision, "appeal": self.appeal,
            "notice": self.notice.pk, "story": self.story.pk, "draft": a_draft("Draft").pk,
        }  # fmt: skip
        a_wire_item(a_provider())

    def client(self, who):
        client = Client(headers={"host": {"talker": MUSASHI, "desk": DESK}.get(who, ACCOUNT)})
        signed = {"talker": (self.rin.person, "musashi"), "reader": (self.rin.person, ":account"),
                  "desk": (self.editor, ":desk")}  # fmt: skip
        if who in signed:
            client.cookies[settings.SESSION_COOKIE_NAME] = a_session(*signed[who])
        return client

    def filled(self, where, word):
        """Path and fields of a form with `word` in every field that says nothing else."""
        who, path, names = where
        pairs = (name.format(**self.names).partition("=") for name in names.split(" "))
        return who, path.format(**self.names), {n: v if given else word for n, given, v in pairs}


@pytest.fixture
def newsroom(strict):
    cache.clear()
    return Newsroom()


def typed_in(answer):
    """Everything that stands in the fields of an answer's page."""
    page = html.document_fromstring(answer.content.decode().replace("\0", ""))
    areas = [area.text or "" for area in page.cssselect("textarea")]
    return areas + [field.get("value") or "" for field in page.cssselect("input")]


def folded(text):
    """A text as a form gives it back: one kind of line end, no nulls, nothing around it."""
    return re.sub(r"\r\n?", "\n", text).replace("\0", "").strip()


@pytest.mark.parametrize("name", FORMS)
def test_a_form_takes_or_refuses_any_word_and_loses_none(newsroom, name):
    for kind, word in ODD.items():
        who, path, fields = newsroom.filled(FORMS[name], word)

        answer = newsroom.client(who).post(path, fields)

        assert answer.status_code < SERVER_ERROR, (kind, path)
        if name in GIVEN_BACK and answer.status_code in {200, 422} and folded(word):
            assert folded(word) in [folded(text) for text in typed_in(answer)], kind


@pytest.mark.parametrize("who", ["talker", "reader", "desk"])
def test_any_word_may_stand_in_the_query_of_an_address(newsroom, who):
    client = newsroom.client(who)
    asked = [where for where in ASKED.values() if where[0] == who]
    for where, (kind, word) in product(asked, ODD.items()):
        _, path, fields = newsroom.filled(where, word)

        assert client.get(path, fields).status_code < SERVER_ERROR, (kind, path)


@pytest.mark.parametrize("who", ["talker", "reader", "desk"])
def test_any_word_may_stand_in_an_address(newsroom, who):
    client = newsroom.client(who)
    for path, (kind, word) in product(PATHS, ODD.items()):
        address = path.replace("{}", word[:2_000] or "-")

        assert client.get(address).status_code < SERVER_ERROR, (kind, path)


def test_nobody_is_sent_elsewhere(newsroom):
    client, reader = newsroom.client("talker"), people.a_reader()
    for number, address in enumerate(map(unescape, corpus.ADDRESSES)):
        mute = f"/member/{newsroom.row.author_id}/mute"
        fields = {"login": reader.email, "password": people.PASSWORD, "next": address}
        somebody = Client(headers={"host": ACCOUNT}, REMOTE_ADDR=f"203.0.113.{number}")

        for answer in (client.post(mute, {"next": address}), somebody.post("/login/", fields)):
            assert re.fullmatch(OURS, urljoin("http://a/b/c", answer["Location"])), address


@pytest.mark.samples
@pytest.mark.parametrize("known", corpus.KNOWN)
def test_known_bad_words_go_through_every_field_for_them(newsroom, known):
    for name, size in FOR_WORDS.items():
        for words in packed(corpus.corpora()[known], size):
            who, path, fields = newsroom.filled(FORMS[name], words)

            assert newsroom.client(who).post(path, fields).status_code < SERVER_ERROR


def test_what_moderators_wrote_is_kept_as_they_wrote_it(newsroom):
    fit = (
        word for word in ODD.values() if 0 < len(word.strip(" \r\n")) < MOST and "\0" not in word
    )
    for word in fit:
        row = a_comment(newsroom.story, newsroom.musashi, at=NOON + MINUTE)
        done = decisions.remove(row.pk, by=newsroom.editor.pk, expected=1, rule=1, reason=word)

        assert models.Decision.objects.get(pk=done.decision_id).reason == word


FILES = {
    "markup": b"<html><script>ran()</script></html>",
    "nothing": b"",
    "a PDF": b"%PDF-1.7\n<script>ran()</script>",
    "a program": b"MZ\x90\0" + b"\0" * 60,
    "an archive": b"PK\x03\x04" + b"\0" * 60,
    "a GIF that is a script": b"GIF89a=1;ran()//" + b"\0" * 40,
    "a drawing": b"<svg xmlns='http://www.w3.org/2000/svg' onload='ran()'/>",
    "the head of a JPEG": b"\xff\xd8\xff\xe0" + b"\0" * 40,
    "the head of a WebP": b"RIFF\xff\xff\xff\xffWEBPVP8 " + b"\0" * 40,
    "an entity": b"<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>",
}
TAKEN = ("a.jpg", "../../a.jpg", f"{ATTACK}.jpg", "x" * 300 + ".jpg", "con.jpg")
NAMES = (*TAKEN, "a.jpg.svg", "a\u202egpj.exe", ".jpg", "a.jpg\0.html")
TYPES = ("image/jpeg", "image/svg+xml", "text/html")


@pytest.mark.parametrize("kind", TYPES)
def test_a_file_whose_type_lies_is_refused_in_words(newsroom, media_root, kind):
    desk = newsroom.client("desk")
    for name, data in FILES.items():
        sent = SimpleUploadedFile("a.jpg", data, kind)
        answer = desk.post("/images/add/", {"title": "A", "file": sent, "collection": 1})
        page = html.document_fromstring(answer.content)
        assert answer.status_code == 200, name
        assert page.cssselect(".error-message, .w-field__errors"), name
        assert refused(desk, SimpleUploadedFile("a.jpg", data, kind)), name

    assert not Picture.objects.exists()
    assert not [path for path in media_root.rglob("*") if path.is_file()]


def refused(desk, file):
    """Why one of many pictures that are sent at once was not taken, as the desk's script gets it."""
    ajax = {"x-requested-with": "XMLHttpRequest"}
    sent = {"title": "A", "files[]": file, "collection": 1}
    answer = desk.post("/images/multiple/add/", sent, headers=ajax).json()
    assert answer["success"] is False
    return answer["error_message"]


def test_the_reason_why_a_picture_is_not_taken_holds_no_markup_of_others(newsroom, media_root):
    """The desk's script puts the reason into its page as HTML."""
    desk = newsroom.client("desk")
    first = SimpleUploadedFile("a.jpg", jpeg(), "image/jpeg")
    desk.post("/images/add/", {"title": ATTACK, "file": first, "collection": 1})

    for name in ("a.jpg", f"{ATTACK}.jpg", f"a.{ATTACK}"):
        assert "<" not in refused(desk, SimpleUploadedFile(name, jpeg(), "image/jpeg"))


def test_a_picture_of_any_name_is_stored_under_a_name_of_ours_or_refused(newsroom, media_root):
    desk = newsroom.client("desk")
    for number, name in enumerate(NAMES):
        sent = SimpleUploadedFile(name, jpeg(f"#{number * 28:02x}8040"), "image/svg+xml")
        answer = desk.post("/images/add/", {"title": ATTACK, "file": sent, "collection": 1})
        stored = Picture.objects.count()
        assert (answer.status_code, stored) in {(302, number + 1), (200, len(TAKEN))}, name

    stored = [Path(name) for name in Picture.objects.values_list("file", flat=True)]
    assert len(stored) == len(TAKEN)
    assert {path.suffix for path in stored} == {".jpg"}
    assert all(re.fullmatch(r"[\w.-]+", part) for path in stored for part in path.parts)


@pytest.mark.samples
def test_no_drawing_that_acts_or_fetches_is_a_wordmark_or_a_picture(newsroom, samples, media_root):
    desk = newsroom.client("desk")
    for file in sorted((samples / "badinput" / "svg").iterdir()):
        assert mastheads.wordmark_problem(file.read_bytes()), file.name
        sent = SimpleUploadedFile(file.name, file.read_bytes(), "image/jpeg")
        answer = desk.post("/images/add/", {"title": "A", "file": sent, "collection": 1})
        assert answer.status_code == 200, file.name

    assert not Picture.objects.exists()


@pytest.mark.parametrize(
    "within",
    [
        "<?xml-stylesheet type='text/xsl' href='data:,a'?><svg xmlns='{}'/>",
        "<svg xmlns='{}'><?xml-stylesheet href='//evil.example/a.css'?></svg>",
        "<svg xmlns='{}'/><?xml-stylesheet href='//evil.example/a.css'?>",
        "<svg xmlns='{}'><path fill='url(//evil.example/a#b)' d='M0 0'/></svg>",
        "<svg xmlns='{}'><path fill=\"url( 'https://evil.example/a')\" d='M0 0'/></svg>",
        "<svg xmlns='{}'><path mask='URL(data:image/svg+xml,a)' d='M0 0'/></svg>",
        "<svg xmlns='{}'><path fill='u\\72 l(//evil.example/)' d='M0 0'/></svg>",
        "<svg xmlns='{}'><path mask='image-set(\"//evil.example/\" 1x)' d='M0 0'/></svg>",
    ],
)
def test_a_wordmark_leads_nowhere_and_takes_no_instruction(within):
    drawing = within.replace("{}", "http://www.w3.org/2000/svg").encode()

    assert mastheads.wordmark_problem(drawing)


def test_a_wordmark_may_point_to_its_own_parts():
    drawing = (
        b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'><clipPath id='a'>"
        b"<path d='M0 0h9v9z'/></clipPath><path clip-path=\"url(#a)\" mask=\"url('#a')\" d='M0 0'/></svg>"
    )

    assert mastheads.wordmark_problem(drawing) is None
