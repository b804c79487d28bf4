"""Hostile strings through every text field of a thread: words on the page, and nothing else."""

import json

import pytest

from dateline.discussion import models
from tests.factories.discussion import MINUTE, a_comment, a_reader, house
from tests.factories.newsroom import a_story
from tests.factories.web import NOON, path_of
from tests.web.talkers import Talker

pytestmark = [pytest.mark.django_db, pytest.mark.samples]

ROOM = 4_500  # characters of one comment
ALLOWED = {"div", "p", "br", "blockquote", "a"}


def chunks(samples):
    """The naughty strings, and what sanitisers were beaten with, in texts that a comment holds."""
    strings = json.loads((samples / "badinput" / "blns.json").read_text(encoding="utf-8"))
    vectors = json.loads((samples / "badinput" / "dompurify-expect.json").read_text("utf-8"))
    strings += [vector["payload"] for vector in vectors]
    text = ""
    for one in (s for s in strings if len(s) < ROOM):
        if len(text) + len(one) > ROOM:
            yield text
            text = ""
        text += f"{one}\n\n"
    yield text


def test_whatever_is_typed_stays_words(samples, musashi):
    house(musashi, seconds_between=0, most_in_minute=0, most_links=0, hold_at_reports=0)
    story = a_story("Ferry returns", at=NOON)
    row = a_comment(story, musashi, author=a_reader("Jun"), at=NOON + MINUTE)
    at, seen = f"{path_of(story)}/comments/", 0

    for text in chunks(samples):
        rin = Talker(f"Rin {chr(65 + seen)}")
        for fields in ({}, {"answers": row.pk, "quote": text[:400]}):
            answer = rin.send(at, on=at, text=text, key=text[:64], **fields)
            assert answer.status_code in {303, 422}, text
        posted = models.Comment.objects.filter(author=rin.person).first()
        on = f"{at}{row.pk}"
        for verb, more in (("report", {"reason": text[:20]}), ("vote", {"value": text[:20]})):
            rin.send(f"{on}/{verb}", on=on, text=text[:999], **more)
        rin.send(f"{at}{posted.pk}/edit", on=at, text=text[::-1])
        page = rin.page(f"{at}?order=newest")
        for words in page.cssselect(".comment-text, .yours-text"):
            assert {one.tag for one in words.iter()} <= ALLOWED
            assert all(a.get("href").startswith("http") for a in words.cssselect("a"))
        seen += 1

    assert seen > 10
    assert models.Comment.objects.count() > seen
