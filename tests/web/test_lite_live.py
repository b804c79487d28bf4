"""The text-only twin of a live blog: from one entry back, 10 kB a page, behind the same gate."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dateline.stories.domain.live import EntryWords
from dateline.stories.services import kills, live
from tests.factories.newsroom import a_story
from tests.factories.web import NOON, every, path_of

pytestmark = pytest.mark.django_db
LIMIT = 10_000  # bytes
SHORT = "<p>The wind has turned.</p>"
LONG = "<p>" + "風が変わり、港は夕方まで閉じられた。" * 300 + "</p>"


@pytest.fixture
def blog(musashi):
    return a_story("Storm reaches the coast", kind="live", at=NOON)


def an_entry(story, headline, text=SHORT):
    return live.post_entry(story.pk, EntryWords(headline, text), key=uuid4(), by="Ana", at=NOON)


def older(page):
    return [a.get("href") for a in page.cssselect("a[href*='/live/']") if a.text == "Older updates"]


def test_every_entry_is_reached_and_no_page_is_heavy(reader, blog):
    texts = (SHORT, LONG, SHORT * 8)
    for number in range(45):
        an_entry(blog, f"No {number}", texts[number % 3])

    heads, path = [], f"/lite{path_of(blog)}"
    while path:
        answer, page = reader.get(path), reader.page(path)
        assert len(answer.content) <= LIMIT
        heads += [h.split()[-1] for h in every(page, "main h3")]
        path = next(iter(older(page)), None)
        assert path is None or path.startswith("/lite/")

    assert heads == [str(number) for number in range(44, -1, -1)]


def test_a_long_entry_leads_to_all_of_it_and_what_is_pinned_stands_where_it_came(reader, blog):
    first = an_entry(blog, "First", LONG)
    live.pin_entry(first, by="Ana")
    last = an_entry(blog, "Last")

    front, page = (reader.page(f"/lite{path_of(blog)}{end}") for end in ("", f"/live/{last}"))

    whole = f"{path_of(blog)}/live/{first}"
    assert every(front, "h3")[0].endswith("First")
    assert [h.split()[-1] for h in every(page, "h3")] == ["Last", "First"]
    for shown in (front, page):
        assert [a.text for a in shown.cssselect(f"a[href='{whole}']")] == ["All of this update"]
    assert reader.get(f"/lite{whole}").status_code == 200
    alternates = reader.page(whole).cssselect("link[rel='alternate']")
    assert f"/lite{whole}" in [link.get("href") for link in alternates]


def test_links_that_lead_nowhere_say_so(reader, blog):
    entry, plain = an_entry(blog, "Only"), a_story("Plain", at=NOON)
    for path in (f"{path_of(blog)}/live/{entry + 7}", f"{path_of(plain)}/live/{entry}",
                 f"{path_of(blog)}/live/0", f"{path_of(blog)}/live/{10**30}",
                 f"/world/none-99999/live/{entry}"):  # fmt: skip
        assert reader.get(f"/lite{path}").status_code == 404
    moved = reader.get(f"/lite/world/other-{blog.pk}/live/{entry}")
    assert (moved.status_code, moved["Location"]) == (301, f"/lite{path_of(blog)}/live/{entry}")


def test_a_killed_live_blog_takes_its_twins_with_it(reader, blog):
    entry = an_entry(blog, "Only")
    kills.kill_story(blog.pk, reason="Wrong.", by="Ana")

    answer = reader.get(f"/lite{path_of(blog)}/live/{entry}")

    assert answer.status_code == 410
    assert b"wind has turned" not in answer.content


def test_it_costs_the_same_however_many_entries_there_are(reader, blog):
    first = an_entry(blog, "First")
    for number in range(30):
        an_entry(blog, f"No {number}")
    last = an_entry(blog, "Last")

    costs = []
    for entry in (first, last):
        reader.get(f"/lite{path_of(blog)}/live/{entry}")
        with CaptureQueriesContext(connection) as asked:
            reader.get(f"/lite{path_of(blog)}/live/{entry}")
        costs.append(len(asked))
    assert costs[0] == costs[1] <= 16
