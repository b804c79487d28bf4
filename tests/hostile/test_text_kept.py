"""No word is lost: what somebody typed is stored as typed, and a reader can read it on the page."""

import pytest
from lxml import html

from dateline import markup
from dateline.discussion import models
from dateline.discussion.domain import text as typing
from dateline.discussion.services import authors
from dateline.web.domain import rss
from tests.factories.discussion import MINUTE, NOON, a_comment, a_reader, house
from tests.factories.newsroom import a_masthead, a_story
from tests.hostile import corpus
from tests.hostile.corpus import packed, readable

LISTS = ["own", *(pytest.param(name, marks=pytest.mark.samples) for name in corpus.KNOWN)]
ROOM = 4_500


def texts_of(name):
    return corpus.corpora()[name]


def words_on_a_page(drawn):
    """What a browser shows of HTML, as the parser of the standard reads it."""
    return html.document_fromstring(f"<!doctype html><body>{drawn}").text_content()


@pytest.mark.parametrize("name", LISTS)
def test_every_word_of_a_comment_can_be_read(name):
    for text in texts_of(name):
        stored = typing.typed(text)
        shown = typing.html_of(text)

        assert readable(stored) == readable(text)
        assert readable(markup.text_of(shown)) == readable(stored), text
        if stored:
            assert readable(words_on_a_page(shown)) == readable(stored), text


@pytest.mark.django_db
@pytest.mark.parametrize("name", LISTS)
def test_a_comment_is_stored_as_it_was_typed_and_so_is_what_it_was_before(name):
    musashi = a_masthead()
    house(musashi, seconds_between=0, most_in_minute=0, most_links=0, edit_minutes=60)
    story, rin = a_story(at=NOON - MINUTE), a_reader("Rin")

    for number, text in enumerate(packed(texts_of(name), ROOM)):
        row = a_comment(story, musashi, text, author=rin, at=NOON + number * MINUTE)
        assert row.text == typing.typed(text)
        authors.edit_comment(row.pk, by=rin.pk, text=text[::-1], at=NOON + number * MINUTE)
        row.refresh_from_db()
        assert row.text == typing.typed(text[::-1])
        assert row.revisions.get().text == typing.typed(text)

    assert models.Comment.objects.count() == number + 1


@pytest.mark.parametrize("name", LISTS)
def test_a_feed_of_any_words_can_be_read_and_holds_them(name):
    channel = rss.Channel(
        title="A", link="http://a/", own_address="http://a/feed.xml", description="A",
        language="en", copyright="A", changed_at=NOON,
    )  # fmt: skip
    texts = texts_of(name)
    items = [
        rss.Item(
            guid=str(number), title=text, link="http://a/", description=f"<p>{number}</p>",
            creator=text, category=text, published_at=NOON, updated_at=NOON, media=None,
        )
        for number, text in enumerate(texts)
    ]  # fmt: skip

    feed = html.etree.fromstring(rss.write(channel, items))

    told = [item.findtext("title") or "" for item in feed.iter("item")]
    assert [readable(text) for text in told] == [readable(text) for text in texts]


@pytest.mark.parametrize("name", LISTS)
def test_what_agencies_send_comes_clean_and_stays_so(name):
    for text in texts_of(name):
        once = markup.clean(text, link_rel=markup.WIRE_LINKS)
        page = html.document_fromstring(f"<!doctype html><body><div>{once}</div>")

        assert markup.clean(once, link_rel=markup.WIRE_LINKS) == once, text
        for element in page.find("body").iterdescendants():
            assert element.tag in markup.TAGS, text
            allowed = markup.ATTRIBUTES["*"] | markup.ATTRIBUTES.get(element.tag, set()) | {"rel"}
            assert set(element.attrib) <= allowed, text
            address = element.get("href", "/")
            assert address.startswith(("http://", "https://", "mailto:", "/", "#")), text
