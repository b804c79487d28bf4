"""The styleguide: the real templates in every variant, with the contrast of each colour."""

import pytest
from django.core.cache import cache
from lxml import html

from dateline import clock
from dateline.mastheads.queries import by_slug
from dateline.web.styleguide import VARIANTS, swatches
from tests.desk.conftest import client_for
from tests.factories.newsroom import a_masthead, a_story, an_editor
from tests.factories.people import a_reader
from tests.factories.pictures import a_picture
from tests.factories.web import NOON, Reader, every, one

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOON)
    a_masthead()
    yield client_for(an_editor())
    cache.clear()


def guide(client, slug="musashi"):
    answer = client.get(f"/preview/{slug}/styleguide/")
    assert answer.status_code == 200
    return html.document_fromstring(answer.content)


@pytest.mark.parametrize("look", ["daily", "magazine", "guide", "weekly"])
def test_each_look_has_every_variant_and_block(ana, look):
    a_masthead("kinako", look=look)
    a_story("Ferry returns", on=("kinako",), at=NOON, lead_picture=a_picture("bay"))

    page = guide(ana, "kinako")

    for variant, _ in VARIANTS:
        assert page.cssselect(f".card-{variant}"), variant
    for part in (
        ".pull",
        ".factbox",
        ".body-heading",
        ".body-picture",
        ".scroll table",
        ".correction",
        ".row-picture .card-small",
        ".row-list .card-tile",
        ".row-text .card-text",
        ".latest li",
        ".index-line",
        ".pager",
        ".saying",
        ".event-box",
        ".paper",
        ".sender",
        ".live-pinned",
        ".live-note",
        ".live-withdrawn",
        ".series-nav",
        ".offer-code",
        ".comment-featured",
        ".comment-gone",
        ".mix-item",
    ):
        assert page.cssselect(part), part
    assert every(page, "section[aria-labelledby=guide-labels] .label") == [
        "Opinion", "Press release", "Corrected",
    ]  # fmt: skip
    assert page.cssselect(f"html[data-look={look}] meta[name=robots][content=noindex]")


def test_a_title_without_stories_has_one_that_is_made_up(ana):
    assert "First trains run" in one(guide(ana), ".card-lead h3")
    a_story("Ferry returns", at=NOON)
    assert "Ferry returns" in one(guide(ana), ".card-lead h3")


def test_every_text_is_readable_by_day_and_by_night(ana):
    found = swatches(by_slug("musashi").tokens)

    texts = [one for one in found if one.is_text]
    assert len(texts) == 3
    assert all(min(one.on_day, one.on_night) >= 4.5 for one in texts)


def test_it_is_for_the_desk_alone(ana):
    assert ana.get("/preview/nobody/styleguide/").status_code == 404
    assert (
        client_for(a_reader("ken@example.test")).get("/preview/musashi/styleguide/").status_code
        == 403
    )
    assert Reader().get("/preview/musashi/styleguide/").status_code == 404
