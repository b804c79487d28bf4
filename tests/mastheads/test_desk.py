"""A site is added with a form on the desk, and its host answers without a restart."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from dateline.mastheads import models, queries
from tests.factories.newsroom import a_masthead, an_editor
from tests.mastheads.test_services import WORDMARK
from tests.stories.newspaper import facts

pytestmark = pytest.mark.django_db

ADD = "wagtailsnippets_mastheads_masthead:add"
SECTION = "wagtailsnippets_mastheads_section"


def test_the_form_adds_a_masthead_through_the_service(desk, media_root):
    upload = SimpleUploadedFile("mark.svg", WORDMARK, "image/svg+xml")

    answer = desk.post(reverse(ADD), form(wordmark_svg=upload))

    assert answer.status_code == 302, answer.context["form"].errors
    site = queries.by_host("harbour.localhost")
    assert (site.name, site.look) == ("The Harbour", "weekly")
    assert site.wordmark_url
    assert {f["by"] for f in facts("masthead.changed")} == {"Ana Mori"}


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"host": "desk.localhost"}, "kept for the network"),
        ({"ink": "#cccccc"}, "Choose a darker or a lighter colour."),
        ({"host": ""}, "This field is required."),
        ({"wordmark_svg": SimpleUploadedFile("x.svg", b"<p>")}, "This is not an SVG drawing"),
    ],
)
def test_the_form_says_what_is_wrong_and_stores_nothing(desk, changes, sentence):
    answer = desk.post(reverse(ADD), form(**changes))

    assert sentence in answer.content.decode()
    assert models.Masthead.objects.count() == 0


def test_a_masthead_is_changed_without_losing_its_wordmark(desk, media_root):
    desk.post(reverse(ADD), form(wordmark_svg=SimpleUploadedFile("mark.svg", WORDMARK)))
    masthead = models.Masthead.objects.get()

    edit = reverse("wagtailsnippets_mastheads_masthead:edit", args=[masthead.pk])
    desk.post(edit, form(name="The New Harbour"))

    site = queries.by_slug("harbour")
    assert (site.name, bool(site.wordmark_url)) == ("The New Harbour", True)


def test_sections_are_added_and_checked(desk):
    masthead, other = a_masthead(), a_masthead("kinako")
    fields = {
        "masthead": masthead.pk,
        "name": "Tech",
        "slug": "tech",
        "place": "3",
        "in_navigation": "on",
    }

    assert desk.post(reverse(f"{SECTION}:add"), fields).status_code == 302
    refused = desk.post(
        reverse(f"{SECTION}:add"),
        fields | {"slug": "x", "parent": other.sections.first().pk},
    )
    nowhere = desk.post(reverse(f"{SECTION}:add"), fields | {"masthead": ""})

    assert queries.by_slug("musashi").section("tech").in_navigation is True
    assert "is a section of another masthead" in refused.content.decode()
    assert "This field is required" in nowhere.content.decode()
    assert "Tech" in desk.get(reverse(f"{SECTION}:list")).content.decode()


def form(**changes):
    return {
        "name": "The Harbour",
        "slug": "harbour",
        "host": "harbour.localhost",
        "language": "en",
        "time_zone": "Asia/Tokyo",
        "legal_line": "©2026 Tamagawa Press Inc.",
        "place": "0",
        "look": "weekly",
        "ink": "#14171a",
        "paper": "#fffdf9",
        "accent": "#b3261e",
        "ink_dark": "#e9e6df",
        "paper_dark": "#111417",
        "accent_dark": "#f2887f",
        **changes,
    }


@pytest.fixture
def desk(client):
    client.defaults["HTTP_HOST"] = "desk.localhost"
    client.force_login(an_editor())
    return client
