"""Nothing anyone writes can act in a reader's browser, wherever it is shown."""

import json

import pytest
from wagtail.rich_text import RichText

from dateline.stories.services.drafting import save_person, save_topic
from dateline.stories.services.publishing import correct_story
from tests.factories.newsroom import a_masthead, a_story
from tests.factories.pictures import a_picture
from tests.factories.web import Reader, path_of
from tests.factories.wire import a_provider, a_wire_item

pytestmark = pytest.mark.django_db

ATTACK = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'>"
HTML_ATTACK = (
    "<p onclick=alert(3)>Text<script>alert(4)</script>"
    '<a href="javascript:alert(5)">link</a><iframe src="https://evil.example"></iframe>'
    '<svg onload="alert(6)"></svg><style>*{display:none}</style></p>'
)


@pytest.mark.parametrize("path", ["/", "/world/", "{story}", "{story}/versions", "{beside}"])
def test_markup_in_any_field_is_words_and_no_more(everywhere, path):
    reader, story, beside = everywhere

    page = reader.page(path.format(story=path_of(story), beside=path_of(beside)))

    assert _acting(page) == []
    assert "alert(1)" in page.text_content()  # it is shown, as the words it is


def test_structured_data_with_markup_in_it_is_data(everywhere):
    reader, story, _ = everywhere

    scripts = reader.page(path_of(story)).cssselect("script:not([src])")

    article, crumbs = (json.loads(script.text) for script in scripts)
    assert article["headline"] == ATTACK
    assert crumbs["itemListElement"][-1]["name"] == ATTACK


def test_markup_in_a_feed_is_words_and_control_characters_are_left_out(everywhere):
    reader, _, _ = everywhere
    a_story("Bell\x07 rings", standfirst="\x01\x1b[31m")

    answer = reader.get("/feed.xml")

    assert b"<script" not in answer.content
    assert b"Bell rings" in answer.content


def test_a_masthead_s_own_words_are_words(reader):
    a_masthead("odd", name=ATTACK[:60], tagline=ATTACK, about=ATTACK, sections=("world",))

    page = Reader("odd.localhost").page("/")

    assert _acting(page) == []


def _acting(page):
    """Elements that could act or fetch from elsewhere."""
    ours = {
        ("application/ld+json", None), ("module", "/static/web/js/fresh.js"),
        ("module", "/static/web/js/thread.js"),
    }  # fmt: skip
    scripts = [s for s in page.cssselect("script") if (s.get("type"), s.get("src")) not in ours]
    fetched = [e for e in page.cssselect("[src]") if not e.get("src").startswith("/")]
    linked = [a for a in page.cssselect("a[href]") if a.get("href").startswith("javascript")]
    handlers = page.xpath("//*[@*[starts-with(name(), 'on')]]")
    return [*scripts, *fetched, *linked, *handlers, *page.cssselect("iframe, style, svg, object")]


@pytest.fixture
def reader():
    a_masthead()
    return Reader()


@pytest.fixture
def everywhere(reader):
    """A story with an attack in every field it has, corrected with one, and a story beside it."""
    save_person(slug="eve", name=ATTACK)
    save_topic(slug="eve", name=ATTACK)
    provider = a_provider("eve", ATTACK[:70])
    picture = a_picture(caption=ATTACK, credit=ATTACK, description=ATTACK)
    story = a_story(
        ATTACK,
        standfirst=ATTACK,
        dateline=ATTACK,
        short_headline=ATTACK,
        people=("eve",),
        copyright_line=ATTACK,
        usage_terms=ATTACK,
        lead_picture=picture,
        provider=provider,
        wire_item=a_wire_item(provider, slugline=ATTACK),
        body=[
            ("text", HTML_ATTACK),
            ("heading", ATTACK),
            ("quote", {"text": ATTACK, "speaker": ATTACK}),
            ("factbox", {"title": ATTACK, "text": RichText(HTML_ATTACK)}),
            ("picture", {"picture": picture, "caption": ATTACK}),
            ("wire", HTML_ATTACK),
        ],
    )
    correct_story(
        story.pk, kind="correction", text=ATTACK, by="Ana", changes={"headline": f"{ATTACK}"}
    )
    return reader, story, a_story("Beside it")
