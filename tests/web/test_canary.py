"""A canary: nothing of a story that may not be shown is on any address a reader can ask for.

Every pattern of the readers' addresses is walked, on the masthead the story is on, on another it is
on, and on one it is not, once for each way in which the gate can be closed.
"""

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.contrib.auth import get_user_model
from django.urls import URLPattern, get_resolver
from wagtail.models import Revision

from dateline import clock
from dateline.discussion.domain.errors import ThreadUnavailable
from dateline.mastheads.models import Masthead
from dateline.newsletters.domain.editions import BlockKind, EditionRefused
from dateline.newsletters.services import sending
from dateline.newsletters.services.recipes import BlockTerms
from dateline.polls.models import Poll
from dateline.polls.services import ask
from dateline.stories import models
from dateline.stories.domain.legal import Demand, Ground
from dateline.stories.domain.live import EntryWords
from dateline.stories.queries import indexed
from dateline.stories.services import from_wire, indexing, kills, legal, live, publishing
from dateline.stories.services.drafting import Place, save_person, save_topic
from dateline.stories.services.series import find_or_start
from dateline.trending.domain.rank import ListKind, Reason
from dateline.trending.models import RankedList
from dateline.web import finding
from dateline.wire.models import Provider
from tests.factories.discussion import MINUTE, a_comment, a_reader
from tests.factories.editions import a_letter_editor, a_recipe, an_edition
from tests.factories.movements import note
from tests.factories.newsletters import a_list
from tests.factories.newsroom import a_draft, a_masthead, a_story
from tests.factories.pictures import a_picture
from tests.factories.web import Reader
from tests.factories.wire import a_provider, a_wire_item
from tests.web.walked import API, FILES, LIST_FEEDS, MIX, OF_LISTS, OF_SEARCH, WRITER, addresses

pytestmark = pytest.mark.django_db

CANARY = b"canary"
ISLANDS = b"atlantic/canary"  # a time zone that a form offers, whatever the story is
NOW = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
BEFORE, LATER = NOW - timedelta(hours=2), NOW + timedelta(hours=2)
TITLES = ("musashi", "kinako", "elsewhere")
ON = ("musashi", "kinako")


def test_every_address_of_the_readers_is_walked(network):
    names = {pattern.name for pattern in reader_patterns()}

    assert names == set(addresses(singing(network)))


def test_the_walk_would_hear_the_canary(network):
    story = singing(network)
    pages = {"front", "section", "feed", "section_feed", "story", "versions", "new"}
    pages |= {*OF_LISTS, *LIST_FEEDS, "archive_day", "sitemap_shard", "news_sitemap"}
    pages |= {"live_index", "live_entry", "event", "poll"}
    pages |= {"comments", "comment", "member", "follow_story", "not_found", *MIX, *API}
    pages |= {*OF_SEARCH}
    pages |= {"lite", "lite_section", "lite_story", "lite_live_index", "lite_versions"}
    pages |= {"lite_comments", "lite_live_entry"}
    pages |= {f"lite_{name}" for name in (*OF_LISTS, "archive_day", "search")}

    assert {title: heard_on(title, story) for title in TITLES} == {
        "musashi": pages | FILES | {"letters", "letter", "series", "lite_series"}, "kinako": pages | FILES, "elsewhere": {"front", *MIX} | FILES,
    }  # fmt: skip


@pytest.mark.parametrize("closed", [
    "draft", "scheduled", "embargoed", "embargoed_by_the_agency", "embargoed_after_it_was_public",
    "killed", "killed_by_the_agency", "withheld", "withheld_and_changed", "withdrawn", "advisory",
    "expired", "expired_and_withdrawn", "licensed_elsewhere",
    "licensed_for_search", "reinstated", "draft_of_a_public_story",
])  # fmt: skip
def test_no_address_sings_while_the_gate_is_closed(network, closed):
    story = CLOSED[closed](network)

    heard = [
        (title, name, path)
        for title in TITLES
        for name, path, answer in walk(title, story)
        if sings(answer)
    ]

    assert heard == []


def test_once_rights_have_ended_only_the_page_itself_still_names_the_story(network):
    story = CLOSED["rights_expired"](network)
    heard = [
        (title, name, path, answer)
        for title in TITLES
        for name, path, answer in walk(title, story)
        if sings(answer)
    ]

    assert {(title, name) for title, name, *_ in heard} == {(title, "story") for title in ON}
    for *_, answer in heard:
        body = answer.content.decode().lower()
        assert answer.status_code == 410
        assert "noindex" in body
        assert "canary in the text" not in body
        assert "canary on a branch" not in body
        assert "c. canary" not in body
        assert "/media/" not in body


def test_a_licence_for_one_title_leaves_the_others_silent(network):
    story = singing(network, licensed_mastheads=("kinako",))

    heard = {title for title in TITLES if heard_on(title, story) - FILES}

    assert heard == {"kinako"}


def test_a_licence_for_pages_leaves_the_feeds_silent(network):
    story = singing(network, licensed_uses=("web",))

    heard = {title: heard_on(title, story) for title in TITLES}

    assert not set.union(*heard.values()) & {
        "feed",
        "section_feed",
        *API,
        *LIST_FEEDS,
        *OF_SEARCH,
        "lite_search",
    }
    assert {title for title in TITLES if "story" in heard[title]} == set(ON)


def reader_patterns(patterns=None):
    """Every pattern of the readers' addresses, included ones too."""
    found = []
    for one in patterns or get_resolver("dateline.project.reader_urls").url_patterns:
        found += [one] if isinstance(one, URLPattern) else reader_patterns(one.url_patterns)
    return found


def walk(title, story):
    """(pattern, path, answer) of every address, as somebody without a log-in gets it."""
    reader = Reader(f"{title}.localhost")
    indexing.index_stories([story.pk])
    return [
        (name, path, reader.get(path)) for name, paths in addresses(story).items() for path in paths
    ]


def heard_on(title, story):
    """The patterns whose addresses sing on one title; what is not there lists the newest stories."""
    return {
        name
        for name, _, answer in walk(title, story)
        if sings(answer) and (answer.status_code != 404 or name == "not_found")
    }


def sings(answer):
    """Whether a word of the story, or its name, is in an answer: its text or its headers."""
    head = repr(sorted(answer.headers.items())).encode()
    return CANARY in (head + b"".join(answer)).lower().replace(ISLANDS, b"")


def words(**fields):
    poll = ask("Does the canary sing?", ["Yes", "No"], opens_at=BEFORE, by="Ana")
    event = {
        "name": "Canary night", "starts_at": LATER, "ends_at": None, "venue": "The branch",
        "address": "", "price": "", "link": "", "cancelled": False,
    }  # fmt: skip
    songs = Masthead.objects.get(slug=TITLES[0])
    return {
        "kind": "live",
        "series_id": find_or_start(songs.pk, slug="songs", name="Songs", by="Ana"),
        "headline": "Canary sings",
        "standfirst": "A canary in the standfirst.",
        "body": [
            ("text", "<p>The canary in the text.</p>"),
            ("event", event),
            ("poll", Poll.objects.get(pk=poll)),
        ],
        "byline": "By C. Canary",
        "lead_caption": "A canary on a branch.",
        "on": ON,
        "people": ["ana"],
        "topics": ["birds"],
        "provider": Provider.objects.get(slug="birds"),
        **fields,
    }


def singing(picture, **fields):
    """A public story full of canaries, with a comment on each title that shows it."""
    story = a_story(**words(lead_picture=picture, at=BEFORE, **fields))
    publishing.correct_story(
        story.pk, kind="correction", text="It was a canary.", by="Ana", at=BEFORE
    )
    titles = list(story.placements.values_list("masthead_id", flat=True))
    note(story.pk, titles, name="story.published", at=BEFORE, noted_at=BEFORE)
    writer = get_user_model().objects.filter(pk=WRITER).first() or a_reader("Rin", pk=WRITER)
    for minute, placement in enumerate(story.placements.select_related("masthead")):
        with suppress(ThreadUnavailable):
            a_comment(story, placement.masthead, author=writer, at=BEFORE + minute * MINUTE)
        ranked(placement)
    in_a_letter()
    return with_an_entry(story)


def ranked(placement):
    """A placement as what its title's readers read most."""
    item = {
        "placement": placement.pk, "story": placement.story_id, "site": placement.masthead_id,
        "section": placement.section_id, "reason": Reason.READ,
    }  # fmt: skip
    RankedList.objects.update_or_create(
        masthead_id=placement.masthead_id, kind=ListKind.READ,
        defaults={"items": [item], "made_at": BEFORE},
    )  # fmt: skip


def with_an_entry(story):
    said = EntryWords("Canary in an entry", "<p>It sings.</p>")
    live.post_entry(story.pk, said, key=uuid4(), by="Ana", at=BEFORE)
    return models.Story.objects.get(pk=story.pk)


def in_a_letter():
    """A letter of the first title that carried what could be carried, in the archive."""
    title = Masthead.objects.get(slug=TITLES[0])
    morning, editor = a_list(title, "canaries"), a_letter_editor(title)
    a_recipe(morning, BlockTerms(kind=BlockKind.SECTION, about="world"), by=editor)
    with suppress(EditionRefused):
        sending.archive_only(an_edition(morning, at=BEFORE).pk, by=editor.pk, at=BEFORE)


def drafted(picture, **fields):
    return with_an_entry(a_draft(**words(lead_picture=picture, **fields)))


def then(verb, **options):
    """A public story to which something happens."""

    def make(picture):
        story = singing(picture)
        verb(story.pk, at=BEFORE, **options)
        return models.Story.objects.get(pk=story.pk)

    return make


def having(**fields):
    return lambda picture: singing(picture, **fields)


def scheduled(picture):
    story = drafted(picture)
    publishing.schedule_story(story.pk, go_live_at=LATER, by="Ana", at=BEFORE)
    return story


def of_an_agency(picture):
    kna = a_provider()
    item = a_wire_item(kna, headline="Canary sings", body_html="<p>A canary.</p>", picture=picture)
    places = tuple(Place(masthead=slug, section="world") for slug in ON)
    story_id = from_wire.make_story(item.pk, by="Ana", places=places)
    publishing.publish_story(story_id, by="Ana", at=BEFORE)
    return models.Story.objects.get(pk=story_id), item


def embargoed_by_the_agency(picture):
    story, item = of_an_agency(picture)
    second = a_wire_item(item.provider, family=item.family, version=2, embargo_until=LATER)
    from_wire.take_version(story.pk, second.pk, at=BEFORE)
    return story


def killed_by_the_agency(picture):
    story, item = of_an_agency(picture)
    kill = a_wire_item(
        item.provider, family=item.family, version=2, status="canceled", usability="killed",
        reason="KNA canceled this item.", recalls=True,
    )  # fmt: skip
    from_wire.kill_family(kill.pk, at=BEFORE)
    return story


def withheld_and_changed(picture):
    story = then(kills.withhold_story, reason="Doubts.", by="Ana")(picture)
    changes = {"headline": "Canary sings again"}
    publishing.update_story(story.pk, changes=changes, by="Ana", at=BEFORE)
    return story


def reinstated(picture):
    story = then(kills.kill_story, reason="Wrong.", by="Ana")(picture)
    kills.reinstate_story(story.pk, by="Ana", at=BEFORE)
    return story


def expired_and_withdrawn(picture):
    story = singing(picture, expire_at=NOW)
    publishing.publish_due(at=NOW)
    return story


def draft_of_a_public_story(_picture):
    silent = words(
        headline="Ferry returns", standfirst="", body=[("text", "<p>At noon.</p>")], byline="",
        lead_caption="",
    )  # fmt: skip
    story = a_story(**silent, lead_picture=a_picture("silence"), at=BEFORE)
    draft = story.get_latest_revision_as_object()
    draft.headline = draft.standfirst = draft.short_headline = "Canary sings"
    draft.save_revision()
    assert Revision.objects.for_instance(story).count() > 1
    return story


CLOSED = {
    "draft": drafted,
    "scheduled": scheduled,
    "embargoed": having(embargo_until=LATER),
    "embargoed_by_the_agency": embargoed_by_the_agency,
    "embargoed_after_it_was_public": then(publishing.embargo_story, until=LATER, by="Ana"),
    "killed": then(kills.kill_story, reason="It names the canary.", by="Ana"),
    "killed_by_the_agency": killed_by_the_agency,
    "withheld by law": then(
        legal.withhold_by_law, demand=Demand(ground=Ground.COURT), reason="Law.", by="Ana"
    ),
    "withheld": then(kills.withhold_story, reason="Doubts about the canary.", by="Ana"),
    "withheld_and_changed": withheld_and_changed,
    "withdrawn": then(publishing.withdraw_story, reason="The canary was wrong.", by="Ana"),
    "advisory": having(advisory=True),
    "expired": having(expire_at=NOW),
    "expired_and_withdrawn": expired_and_withdrawn,
    "rights_expired": having(rights_until=NOW),
    "licensed_elsewhere": having(licensed_mastheads=("nowhere",)),
    "licensed_for_search": having(licensed_uses=("search",)),
    "reinstated": reinstated,
    "draft_of_a_public_story": draft_of_a_public_story,
}


@pytest.fixture
def network(monkeypatch, media_root, settings, tmp_path):
    """Three titles, a picture whose metadata sing in its file, an index that knows too much."""
    settings.DATELINE_SEARCH, settings.DATELINE_SEARCH_DIR = "", tmp_path
    monkeypatch.setattr(finding, "rates", finding.Rates(1_000))
    monkeypatch.setattr(indexed, "_may_be_found", lambda *_: True)
    monkeypatch.setattr(clock, "now", lambda: NOW)
    return laid_out(caption="A canary sits.", credit="Canary Press")


def laid_out(**words):
    """Three titles, and all that a story can be listed under; returns a picture."""
    for slug in TITLES:
        a_masthead(slug)
    save_topic(slug="birds", name="Birds")
    save_person(slug="ana", name="Ana Mori")
    a_provider("birds", "Birds")
    return a_picture("branch", **words)
