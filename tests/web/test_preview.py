"""A preview is the public page, drawn from a draft nobody has saved."""

import re

import pytest
from django.test.signals import template_rendered
from lxml import html

from dateline.mastheads import models as masthead_models
from dateline.mastheads.services import set_wordmark
from dateline.stories import models
from dateline.web.views import preview_story
from tests.factories.discussion import house
from tests.factories.newsroom import a_draft, a_masthead, a_story
from tests.factories.web import Reader, every, one
from tests.mastheads.test_services import WORDMARK

pytestmark = pytest.mark.django_db


def test_a_draft_is_drawn_by_the_template_of_the_public_page(rf, musashi, read):
    draft = a_draft("Not yet", standfirst="Soon.")
    draft.headline = "Changed and not saved"

    answer = preview_story(rf.get("/"), draft, masthead_slug="musashi")
    page = read(answer)

    assert "web/story.html" in [template.name for template in _templates(rf, draft)]
    assert one(page, "h1") == "Changed and not saved"
    assert one(page, ".standfirst") == "Soon."
    assert one(page, ".preview-note") == "Preview This is a draft. Readers do not see it."
    draft.refresh_from_db()
    assert draft.headline == "Not yet"


def _templates(rf, draft):
    drawn = []
    template_rendered.connect(keep := lambda template, **_: drawn.append(template))
    preview_story(rf.get("/"), draft, masthead_slug="musashi")
    template_rendered.disconnect(keep)
    return drawn


def test_a_preview_differs_from_the_public_page_by_its_note_its_look_and_no_offer(
    rf, musashi, read
):
    story = a_story("Public")
    house(musashi, door="closed")  # a draft has no thread

    preview = preview_story(rf.get("/"), story, masthead_slug="musashi").content.decode()
    public = Reader().get(f"/world/public-{story.pk}").content.decode()

    note = '<p class="preview-note" role="status"><strong>Preview</strong> This is a draft. '
    as_public = preview.replace(f"{note}Readers do not see it.</p>", "")
    public = public.replace(f' data-now="/world/public-{story.pk}/now.json"', "")
    public = re.sub(r'<div class="story-tools".*?</div>\n', "", public, flags=re.DOTALL)
    public = re.sub(r'\s*<aside class="offer .*?</aside>', "", public, flags=re.DOTALL)
    assert as_public.replace("/preview/musashi/look.css", "/look.css") == public


def test_a_story_that_was_never_saved_can_be_seen(rf, musashi, read):
    section = masthead_models.Section.objects.get(slug="world")
    draft = models.Story(headline="Never saved")
    draft.placements = [models.Placement(masthead=musashi, section=section)]

    page = read(preview_story(rf.get("/"), draft, masthead_slug="musashi"))

    assert one(page, "h1") == "Never saved"
    assert every(page, ".corrections") == []


@pytest.mark.parametrize("slug", ["", "kinako", "no-such"])
def test_a_draft_on_no_masthead_says_what_is_missing(rf, musashi, slug):
    a_masthead("kinako", sections=("food",))
    draft = a_draft()

    answer = preview_story(rf.get("/"), draft, masthead_slug=slug)

    assert b"placed on no masthead yet" in answer.content
    assert answer["Content-Type"] == "text/plain; charset=utf-8"


@pytest.fixture
def musashi():
    return a_masthead()


@pytest.fixture
def read():
    return lambda answer: html.document_fromstring(answer.content)


def test_the_desks_host_serves_the_look_a_preview_asks_for(client, rf, musashi, media_root):
    set_wordmark(musashi.pk, WORDMARK, by="Ana")
    page = preview_story(rf.get("/"), a_draft(), masthead_slug="musashi").content.decode()
    address = re.search(r'href="(/preview/musashi/look\.css\?v=[0-9a-f]+)"', page)[1]

    css = client.get(address, headers={"host": "desk.localhost"})
    drawing = re.search(r'--wordmark:url\("([^"]+)"\)', css.content.decode())[1]
    wordmark = client.get(drawing, headers={"host": "desk.localhost"})

    assert "--accent:" in css.content.decode()
    assert (wordmark.status_code, wordmark.content) == (200, WORDMARK)
    assert wordmark["Content-Type"] == "image/svg+xml"


@pytest.mark.parametrize("file", ["look.css", "wordmark.svg"])
def test_a_masthead_that_does_not_exist_has_no_look(client, file):
    assert (
        client.get(f"/preview/nobody/{file}", headers={"host": "desk.localhost"}).status_code == 404
    )
