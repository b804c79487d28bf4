"""Text-only twins of lists and of pages around the stories: same view, same gate, 10 kB at most."""

import gzip
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dateline import clock
from dateline.edge import keys
from dateline.fronts.domain.alarm import Level
from dateline.mastheads.models import Masthead, Section
from dateline.places.models import Place
from dateline.places.services import keep_place
from dateline.standing.domain.kinds import PageKind
from dateline.stories.domain.live import EntryWords
from dateline.stories.domain.versions import Piece
from dateline.stories.services import indexing, kills, live, publishing
from dateline.stories.services.drafting import save_person, save_topic
from dateline.stories.services.series import find_or_start
from dateline.trending.domain.rank import ListKind, Reason
from dateline.trending.models import RankedList
from dateline.web import twins
from dateline.web.domain.changes import FieldChange, VersionChange
from dateline.web.domain.short_changes import in_short
from tests.factories.newsroom import a_draft, a_story
from tests.factories.pictures import a_picture
from tests.factories.web import HOUR, NOON, Reader, a_version, every, links, one, path_of
from tests.factories.wire import a_provider
from tests.web.kept import Kept

pytestmark = pytest.mark.django_db
LIMIT = 10_000  # bytes
LONG = "The ferry, which nobody had expected before the evening, returned to its harbour at noon"
LONG_JA = (
    "夕方まで戻らないとみられていた連絡船が、正午に港へ戻り、乗客は全員無事だったことが分かった"
)
NOTES = {
    "en": "An earlier version said that the ferry had come back in the evening. It was at noon.",
    "ja": "当初の記事で連絡船が戻ったのは夕方としていましたが、正しくは正午でした。",
}
LISTS = {
    "topic": "/topics/sea/", "person": "/people/ana/", "agency": "/agencies/kna/",
    "corrections": "/corrections/", "series": "/series/log/", "place": "/places/cape/",
    "day": "/archive/2026/11/20/", "live": "/live/", "most read": "/most-read/",
}  # fmt: skip
AROUND = {
    "topics": "/topics/", "places": "/places/", "years": "/archive/", "year": "/archive/2026/",
    "month": "/archive/2026/11/", **{kind.value: kind.path for kind in PageKind},
}  # fmt: skip


@pytest.fixture
def at_noon(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOON + 4 * HOUR)


@pytest.fixture
def sea(musashi, at_noon, media_root):
    """Makes a public story that stands in every list but the live index."""
    topic = save_topic(slug="sea", name="The sea")
    save_person(slug="ana", name="Ana Mori", about="At sea.")
    log = find_or_start(musashi.pk, slug="log", name="Log", by="Ana")
    cape = Place(
        masthead=musashi, name="The cape", slug="cape", region="Kitayama", text="A light.",
        topic_id=topic, picture=a_picture("cape"), latitude=35, longitude=139, access="By bus",
        season="Spring",
    )  # fmt: skip
    keep_place(cape, by="Ana")
    agency = a_provider()

    def story(headline="Ferry returns", *, minute=0, note="It was noon.", **fields):
        made = a_story(
            headline, topics=["sea"], people=["ana"], provider=agency, series_id=log,
            at=NOON - timedelta(minutes=minute), **fields,
        )  # fmt: skip
        publishing.correct_story(
            made.pk, kind="correction", text=note, changes={}, by="Ana", at=NOON
        )
        return made

    return story


def read(stories, masthead):
    """Put these at the top of what is read most."""
    RankedList.objects.create(
        masthead=masthead, kind=ListKind.READ, made_at=NOON,
        items=[
            {
                "placement": placement.pk, "story": placement.story_id, "site": masthead.pk,
                "section": placement.section_id, "reason": Reason.READ,
            } for placement in masthead.placements.filter(story__in=stories)
        ],
    )  # fmt: skip


def begin(coverage):
    """Post the first entry of a live blog."""
    live.post_entry(
        coverage.pk, EntryWords("", "<p>It is noon.</p>"), key=uuid4(), by="Ana", at=NOON
    )


def is_text_only(page):
    heavy = "//img | //script | //iframe | //svg | //*[@style] | //link[@rel='stylesheet']"
    return page.xpath(heavy) == []


def test_every_list_has_a_twin_with_the_same_stories(reader, sea, musashi):
    story = sea()
    coverage = a_story("It goes on", kind="live", at=NOON)
    begin(coverage)
    read([story], musashi)

    for name, path in LISTS.items():
        page = reader.page(f"/lite{path}")
        shown = coverage if name == "live" else story
        assert is_text_only(page), name
        assert f"/lite{path_of(shown)}" in links(page), name
        assert "default-src 'none'" in reader.get(f"/lite{path}")["Content-Security-Policy"]
        assert not reader.get(f"/lite{path}").cookies


@pytest.mark.parametrize("path", [*LISTS.values(), *AROUND.values()])
def test_a_page_and_its_twin_lead_to_each_other(reader, sea, path):
    sea()
    if path == PageKind.STAFF.path:
        assert reader.get(f"/lite{path}").status_code == 404  # nobody wrote it yet
        return

    full, twin = reader.page(path), reader.page(f"/lite{path}")

    assert [a.get("href") for a in full.cssselect("link[rel=alternate][type='text/html']")] == [
        f"/lite{path}"
    ]
    assert f"/lite{path}" in links(full.cssselect("footer.foot")[0])
    (canonical,) = [a.get("href") for a in twin.cssselect("link[rel=canonical]")]
    assert canonical == full.cssselect("link[rel=canonical]")[0].get("href")
    assert canonical.endswith(path)
    assert canonical in links(twin.cssselect("footer")[0])
    assert is_text_only(twin)


@pytest.mark.parametrize("path", ["/topics/", "/places/", "/archive/", "/archive/2026/",
                                  "/archive/2026/11/"])  # fmt: skip
def test_what_a_page_opens_on_its_twin_opens_too(reader, sea, path):
    sea()

    below = {link for link in links(reader.page(path).cssselect("main")[0]) if path in link[:-1]}

    assert below
    assert {f"/lite{link}" for link in below} <= set(links(reader.page(f"/lite{path}")))


@pytest.mark.parametrize("language", ["en", "ja"])
def test_every_twin_fits_in_ten_thousand_bytes(reader, sea, musashi, language, settings, tmp_path):
    settings.DATELINE_SEARCH, settings.DATELINE_SEARCH_DIR = "", tmp_path
    Masthead.objects.update(language=language)
    long = LONG_JA if language == "ja" else LONG
    made = [
        sea(f"{long} {n}", minute=n, language=language, note=NOTES[language], body=[
            ("text", f"<p>{long}. {n}</p>")
        ]) for n in range(31)
    ]  # fmt: skip
    for n in range(16):
        coverage = a_story(f"{long} {n}", kind="live", language=language, at=NOON)
        begin(coverage)
        if n % 2:
            live.close_coverage(coverage.pk, by="Ana", at=NOON)
    for n in range(100):
        save_topic(slug=f"about-{n}", name=f"{long[:24]} {n}")
        made[0].topics.through.objects.create(
            story_id=made[0].pk, topic_id=save_topic(slug=f"about-{n}", name=f"{long[:24]} {n}")
        )
    publishing.update_story(
        made[0].pk, changes={"body": [("text", f"<p>{f'{long[::-1]} ' * 90}</p>")]}, by="Ana",
        at=NOON,
    )  # fmt: skip
    read(made, musashi)
    indexing.index_stories([story.pk for story in made])
    word = "連絡船" if language == "ja" else "ferry"
    paths = [*LISTS.values(), *AROUND.values(), f"{path_of(made[0])}/versions", f"/search?q={word}"]
    paths += ["/topics/sea/?page=2", "/corrections/?page=2", "/archive/2026/11/20/?page=2"]

    for path in set(paths) - {PageKind.STAFF.path}:
        answer = reader.get(f"/lite{path}")
        assert answer.status_code == 200, path
        assert len(gzip.compress(answer.content)) <= LIMIT, path
        assert len(answer.content) <= LIMIT, (path, len(answer.content))


@pytest.mark.parametrize("path", [*LISTS.values(), *AROUND.values()])
def test_a_twin_asks_the_database_no_more_than_its_page(sea, path):
    sea()

    def cost(address):
        with CaptureQueriesContext(connection) as asked:
            Reader().get(address)
        return len(asked)

    cost(path)
    assert cost(f"/lite{path}") <= cost(path)


def test_a_killed_story_leaves_every_twin_with_the_next_request(
    reader, sea, musashi, django_capture_on_commit_callbacks
):
    story = sea("Ferry returns")
    read([story], musashi)
    paths = [f"/lite{path}" for name, path in LISTS.items() if name != "live"]
    paths.append(f"/lite{path_of(story)}/versions")
    kept = Kept()
    for path in paths:
        tags = kept.keep(reader.host, path).note.hard
        assert {keys.story(story.pk), keys.card(story.pk)} & set(tags), path

    with django_capture_on_commit_callbacks(execute=True):
        kills.kill_story(story.pk, reason="Names a minor.", by="Ana")

    assert kept.stale() == []
    assert reader.get(paths[-1]).status_code == 410
    for path in paths[:-1]:
        assert "Ferry" not in one(reader.page(path), "main"), path


def test_a_long_list_is_read_page_by_page(reader, sea):
    for number in range(26):
        sea(f"Boat {number}", minute=number)

    first, second = reader.page("/lite/topics/sea/"), reader.page("/lite/topics/sea/?page=2")

    assert (len(every(first, "main li")), len(every(second, "main li"))) == (24, 2)
    assert "/lite/topics/sea/?page=2" in links(first)
    assert "/lite/topics/sea/" in links(second.cssselect("main")[0])
    (canonical,) = [a.get("href") for a in second.cssselect("link[rel=canonical]")]
    assert canonical.endswith("/topics/sea/")  # its pages are longer than ours
    for page in ("3", "0", "x", "99999999"):
        assert is_text_only(reader.page(f"/lite/topics/sea/?page={page}", 404))


def test_names_are_read_page_by_page_only_as_text(reader, sea, musashi, monkeypatch):
    monkeypatch.setattr(twins, "NAMES", 2)
    for slug in ("bay", "dune"):
        place = Place(masthead=musashi, name=slug, slug=slug, region="Kitayama", text="x")
        keep_place(place, by="Ana")

    first, second = reader.page("/lite/places/"), reader.page("/lite/places/?page=2")

    assert (len(every(first, "main li")), len(every(second, "main li"))) == (2, 1)
    assert "/lite/places/?page=2" in links(first)
    for path in ("/lite/places/?page=3", "/lite/places/?page=x", "/places/?page=2"):
        reader.page(path, 404)
    for path in ("/topics/?page=2", "/lite/topics/?page=0"):
        reader.page(path, 404)


def test_what_changed_is_told_three_versions_a_page(reader, sea):
    story = sea("Ferry returns", standfirst="All are well.")
    for number in range(3):
        words = [("text", f"<p>It came back {number} hours late.</p>")]
        publishing.update_story(
            story.pk, changes={"headline": f"Ferry {number}", "body": words}, by="Ana",
            at=NOON + timedelta(minutes=number),
        )  # fmt: skip
    path = f"{path_of(story)}/versions"

    first, second = reader.page(f"/lite{path}"), reader.page(f"/lite{path}?page=2")

    assert len(first.cssselect("main section")) == 3
    assert (every(first, "ins")[:2], every(first, "del")[:2]) == (["2", "2"], ["1", "1"])
    assert f"/lite{path}?page=2" in links(first)
    assert len(second.cssselect("main section")) == 2
    assert len(reader.page(path).cssselect(".version")) == 5
    assert f"/lite{path}" in links(reader.page(f"/lite{path_of(story)}"))
    moved = reader.get(f"/lite/politics/x-{story.pk}/versions")
    assert (moved.status_code, moved["Location"]) == (301, f"/lite{path}")
    for wrong in (f"{path}?page=2", f"/lite{path}?page=3"):
        reader.page(wrong, 404)
    reader.page("/lite/world/none-99/versions", 404)


def test_a_change_is_cut_where_there_is_no_room_and_says_so():
    long = FieldChange("body", ((Piece("added", "x" * 50),), (Piece("same", "y" * 50),)))
    change = VersionChange(
        a_version(), first=False, fields=(FieldChange("headline", ((Piece("added", "a"),),)), long)
    )

    head, body = in_short(change, room=40)
    nothing = in_short(change, room=9)[1]

    assert (head.field, head.more) == ("headline", False)
    assert (body.paragraphs, body.more) == (((Piece("added", "x" * 23),),), True)
    assert (nothing.paragraphs, nothing.more) == ((), True)


def test_search_has_a_twin_for_the_same_words(reader, sea, settings, tmp_path):
    settings.DATELINE_SEARCH, settings.DATELINE_SEARCH_DIR = "", tmp_path
    made = [sea(f"Ferry {number}", minute=number) for number in range(21)]
    a_draft("Ferry sinks")
    indexing.index_stories([story.pk for story in made])

    page = reader.page("/lite/search?q=ferry")

    assert len(every(page, "main ol li")) == 20
    assert f"/lite{path_of(made[0])}" in links(page)
    assert "/lite/search?q=ferry&page=2" in links(page)
    assert "/search?q=ferry" in links(page.cssselect("footer")[0])
    assert page.cssselect("form")[0].get("action") == "/lite/search"
    assert "/lite/search?q=ferry" in links(reader.page("/search?q=ferry").cssselect("footer")[0])
    assert reader.get("/lite/search?q=ferry")["Cache-Control"] == "private, no-cache"
    assert "/lite/search?q=ferry&by=best" in links(page)
    assert every(reader.page("/lite/search?q=whale"), "main h2") == ["No story has all of this"]
    for wrong in ("page=51", "page=x"):
        assert is_text_only(reader.page(f"/lite/search?q=ferry&{wrong}", 404))


def test_lists_that_are_empty_say_so(reader, at_noon, musashi):
    find_or_start(musashi.pk, slug="log", name="Log", by="Ana")

    for path in ("topics/", "places/", "corrections/", "most-read/", "live/", "series/log/",
                 "archive/2026/11/20/"):  # fmt: skip
        assert every(reader.page(f"/lite/{path}"), "main p"), path


def test_a_section_of_the_name_of_a_page_keeps_its_twin(musashi, reader):
    Section.objects.create(masthead=musashi, name="Privates", slug="about")

    assert one(reader.page("/lite/about/"), "h1") == "Privates"


def test_in_an_emergency_lists_are_drawn_as_text_at_their_own_addresses(reader, sea, musashi):
    story = sea()
    Masthead.objects.update(alarm=Level.EMERGENCY)

    for name, path in LISTS.items():
        page = reader.page(path)
        assert is_text_only(page), name
        assert not any("/lite/" in address for address in links(page)), name
    assert path_of(story) in links(reader.page("/topics/sea/"))
