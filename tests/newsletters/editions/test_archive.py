"""The archive: each letter as it was sent, as far as it may be said, cached and made again in time."""

from datetime import timedelta

import pytest

from dateline.edge import services as edge
from dateline.jobs.services import listings
from dateline.media import services as media
from dateline.newsletters.domain.editions import BlockKind, EditionRefused
from dateline.newsletters.queries import archive
from dateline.newsletters.services import checking, sending
from dateline.newsletters.services.recipes import BlockTerms
from dateline.stories.services.kills import kill_story
from dateline.stories.services.publishing import correct_story, withdraw_story
from dateline.web.queries import surfaces_of
from tests.factories.editions import SIX, a_letter_editor, a_recipe, an_edition
from tests.factories.jobs import a_keeper, a_listing
from tests.factories.newsletters import a_list
from tests.factories.newsroom import a_masthead, a_story
from tests.factories.pictures import a_picture
from tests.factories.web import Reader, every, links, one
from tests.stories.newspaper import site as site_of

LATER = SIX + timedelta(hours=2)


def sent(newsletter, nao, *, at=SIX):
    newsletter.sender_address = "letters@musashi.localhost"
    newsletter.save()
    row = an_edition(newsletter, at=at)
    assert checking.check(row.pk, by=nao.pk, at=at)
    sending.send_now(row.pk, by=nao.pk, at=at)
    sending.send_due(at=at)
    sending.settle(at=at)
    row.refresh_from_db()
    return row


@pytest.fixture
def reader():
    return Reader()


@pytest.fixture
def first(letter, stories, nao):
    return sent(letter, nao)


def test_a_letter_stands_in_the_archive_as_it_was_sent(first, reader):
    page = reader.page("/newsletters/morning/1/")

    assert one(page, "h1") == "Ferry number 5"
    assert one(page, ".letter-date") == "Friday, 20 November 2026"
    assert every(page, ".letter-headline") == ["Ferry number 5", "Ferry number 4", "Ferry number 3"]
    assert one(page, ".letter-lead .letter-headline") == "Ferry number 5"
    assert "/world/ferry-number-5-" in " ".join(links(page))
    assert "https://press.example/" in links(page)
    assert page.cssselect('link[rel="canonical"]')[0].get("href").endswith("/morning/1/")


def test_a_lists_page_says_what_it_is_and_names_its_letters(letter, stories, nao, reader):
    empty = reader.page("/newsletters/morning/")
    assert one(empty, "h1") == "Musashi Morning"
    assert "The first letter is being made." in one(empty, ".letter-page")
    sent(letter, nao)
    sent(letter, nao, at=SIX + timedelta(days=1))

    page = reader.page("/newsletters/morning/")

    assert every(page, ".letter-lines a") == ["Ferry number 2", "Ferry number 5"]
    newest = reader.page("/newsletters/morning/2/")
    assert "/newsletters/morning/1/" in links(newest)
    assert "/newsletters/morning/2/" in links(reader.page("/newsletters/morning/1/"))


def test_a_draft_another_titles_list_and_a_number_there_is_none_are_not_there(
    edition, first, masthead, reader
):
    a_masthead("kinako")
    for path in ("/newsletters/evening/", "/newsletters/morning/9/", "/newsletters/morning/1/",
                 "/newsletters/morning/?page=2", "/newsletters/morning/?page=x"):  # fmt: skip
        reader.page(path, 404)
    Reader("kinako.localhost").page("/newsletters/morning/", 404)


def test_a_list_of_the_network_stands_on_every_title_of_its_language(masthead, stories):
    a_masthead("kinako", sections=("food",))
    a_masthead("fukurou", language="ja")
    boss = a_letter_editor(None, "Aya Ito")
    network = a_list(None, slug="network")
    a_recipe(network, by=boss)
    sent(network, boss)

    page = Reader("kinako.localhost").page("/newsletters/network/1/")

    found = next(x for x in links(page) if "/world/ferry-number-5" in x)
    assert found.startswith("http://musashi")
    Reader("fukurou.localhost").page("/newsletters/network/1/", 404)


def test_a_killed_story_leaves_the_archive_with_its_headline_everywhere(
    first, stories, reader, told
):
    kill_story(stories[4].pk, reason="False.", by="ana")
    told()

    for path in ("/newsletters/morning/", "/newsletters/morning/1/"):
        text = reader.get(path).content.decode()
        assert "Ferry number 5" not in text
        assert "ferry-number-5" not in text
    page = reader.page("/newsletters/morning/1/")
    assert one(page, "h1") == "Musashi Morning · No. 1"
    assert one(page, ".letter-note") == "A story that stood here has been withdrawn."


def test_the_kill_report_asks_the_archive_too(first, stories):
    found = [s for s in surfaces_of(stories[4].pk) if s.kind == "letter"]
    assert [surface.path for surface in found] == ["/newsletters/morning/1/"]
    assert archive.paths_with(999) == []


def test_a_withdrawn_story_goes_and_comes_back(first, stories, reader):
    withdraw_story(stories[3].pk, reason="Later.", by="ana")
    page = reader.page("/newsletters/morning/1/")
    assert every(page, ".letter-headline") == ["Ferry number 5", "Ferry number 3"]
    assert one(page, "h1") == "Ferry number 5"


@pytest.mark.parametrize("kind", ["correction", "clarification"])
def test_a_corrected_story_is_right_in_the_archive_with_a_note(first, stories, reader, kind):
    correct_story(
        stories[4].pk, kind=kind, text="It was six.", by="ana", at=LATER,
        changes={"headline": "Ferry number 6"},
    )  # fmt: skip

    page = reader.page("/newsletters/morning/1/")

    assert every(page, ".letter-headline")[0] == "Ferry number 6"
    word = "Corrected" if kind == "correction" else "Clarified"
    assert one(page, ".letter-note") == f"{word} since this letter was sent. It was six."


def test_a_correction_from_before_is_no_news(letter, stories, nao, reader):
    correct_story(stories[4].pk, kind="correction", text="Six.", by="ana", at=SIX - timedelta(1))
    sent(letter, nao)
    assert not reader.page("/newsletters/morning/1/").cssselect(".letter-note")


def test_a_killed_picture_leaves_the_archive(letter, nao, reader, masthead):
    picture = a_picture(description="A ferry", credit="Sora Ito")
    story = a_story("With a picture", at=SIX - timedelta(hours=1), lead_picture=picture)
    sent(letter, nao)
    assert one(reader.page("/newsletters/morning/1/"), "figcaption") == "Picture: Sora Ito"

    media.kill_picture(picture.pk, reason="Not ours.", by="ana", at=SIX)

    assert not reader.page("/newsletters/morning/1/").cssselect(".letter-item img")
    assert story.lead_picture_id == picture.pk


def test_jobs_stand_there_while_they_are_open(morning, masthead, stories, nao, reader, six):
    listing = a_listing(masthead, at=SIX - timedelta(hours=1))
    a_recipe(morning, BlockTerms(kind=BlockKind.JOBS), BlockTerms(kind=BlockKind.SECTION), by=nao)
    sent(morning, nao)
    assert every(reader.page("/newsletters/morning/1/"), ".letter-jobs .letter-headline") == [
        "Night editor"
    ]
    listings.close(listing.pk, by=a_keeper(masthead).pk, at=SIX)
    assert not reader.page("/newsletters/morning/1/").cssselect(".letter-jobs")


def test_a_page_of_the_archive_knows_what_it_depends_on(first, stories):
    with edge.collecting() as collected:
        archive.letter_page(site_of("musashi"), "morning", 1, at=SIX)
    tags = set(collected.note().hard)
    assert f"e:{first.newsletter_id}" in tags
    assert {f"sh:{story.pk}" for story in stories[2:]} <= tags
    assert {f"s:{story.pk}" for story in stories[2:]} <= tags


def test_many_letters_make_pages(first, reader, monkeypatch, letter, nao):
    monkeypatch.setattr(archive, "PAGE", 1)
    sent(letter, nao, at=SIX + timedelta(days=1))
    page = reader.page("/newsletters/morning/")
    assert "/newsletters/morning/?page=2" in links(page)
    older = reader.page("/newsletters/morning/?page=2")
    assert every(older, ".letter-lines a") == ["Ferry number 5"]
    assert "/newsletters/morning/" in links(older)


def test_a_letter_that_left_by_other_means_is_put_in_the_archive_and_no_mail_leaves(
    edition, nao, reader
):
    sending.archive_only(edition.pk, by=nao.pk, at=SIX)

    assert one(reader.page("/newsletters/morning/1/"), "h1") == "Ferry number 5"
    edition.refresh_from_db()
    assert (edition.state, edition.mailing_id) == ("sent", None)
    with pytest.raises(EditionRefused, match="cannot be put"):
        sending.archive_only(edition.pk, by=nao.pk, at=SIX)
