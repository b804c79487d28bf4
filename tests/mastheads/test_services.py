"""Adding and changing the sites of the network."""

import pytest
from wagtail.models import Site as WagtailSite

from dateline.mastheads import models, queries
from dateline.mastheads.domain.errors import MastheadRefused
from dateline.mastheads.services import (
    create_masthead,
    save_masthead,
    save_section,
    save_sections,
    set_wordmark,
    wordmark_problem,
)
from tests.factories.newsroom import LEGAL, a_masthead
from tests.stories.newspaper import facts

pytestmark = pytest.mark.django_db

WORDMARK = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9"/></svg>'


def test_a_new_masthead_answers_on_its_host_at_once():
    masthead = a_masthead(host="Musashi.Example.", time_zone="Asia/Tokyo")

    site = queries.by_host("MUSASHI.example")
    assert (site.slug, site.host, site.legal_line) == ("musashi", "musashi.example", LEGAL)
    assert site.origin == "http://musashi.example:8000"
    assert WagtailSite.objects.get(pk=masthead.site_id).hostname == "musashi.example"
    assert queries.hosts() == {"musashi.example"}
    assert facts("masthead.changed")[0] == facts("masthead.changed")[0] | {"by": "test"}


def test_changing_the_host_moves_the_site():
    masthead = a_masthead()
    masthead.host = "news.example"

    save_masthead(masthead, by="Ana")

    assert queries.by_host("musashi.localhost") is None
    assert queries.by_host("news.example").id == masthead.pk
    assert WagtailSite.objects.filter(hostname="news.example").count() == 1


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("host", "not a host", "'not a host' is not a host name. Use letters, digits"),
        ("host", "-x.example", "is not a host name"),
        ("host", "desk.example", "desk.example is kept for the network's own pages"),
        ("host", "kinako.localhost", "kinako.localhost is already the host of another masthead"),
        ("time_zone", "Tokyo", "'Tokyo' is not an IANA time zone. Write it as Asia/Tokyo."),
        ("time_zone", "", "'' is not an IANA time zone"),
        ("ink", "#999999", "ink: #999999 on #fffdf9 has a contrast of 2.8; readers need at least"),
        ("accent", "red", "accent: 'red' is not a colour like #b3261e."),
        ("accent_dark", "#222222", "accent_dark: #222222 on #111417 has a contrast of"),
    ],
)
def test_refuses_what_cannot_be_and_says_which(field, value, sentence):
    a_masthead("kinako")
    masthead = a_masthead()
    setattr(masthead, field, value)

    with pytest.raises(MastheadRefused) as refused:
        save_masthead(masthead, by="Ana")

    assert sentence in refused.value.problems[field]
    assert sentence in str(refused.value)
    assert getattr(models.Masthead.objects.get(pk=masthead.pk), field) != value


def test_an_edition_belongs_to_a_title_not_to_an_edition():
    title = a_masthead()
    edition = a_masthead("musashi-ja", language="ja", edition_of=title)

    with pytest.raises(MastheadRefused, match="is itself an edition"):
        a_masthead("third", edition_of=edition)

    english, japanese = queries.by_slug("musashi"), queries.by_slug("musashi-ja")
    assert [e.slug for e in english.editions] == ["musashi-ja"]
    assert [(e.slug, e.language, e.origin) for e in japanese.editions] == [
        ("musashi", "en", "http://musashi.localhost:8000")
    ]


def test_sections_nest_and_keep_their_order():
    masthead = a_masthead(sections=("features", "world"))
    features = masthead.sections.get(slug="features")
    food = models.Section(masthead=masthead, parent=features, name="Food", slug="food", place=9)
    save_section(food, by="Ana")

    site = queries.by_slug("musashi")
    assert [(s.slug, s.path) for s in site.sections] == [
        ("features", "/features/"),
        ("world", "/world/"),
    ]
    assert site.section("food").name == "Food"
    assert site.section("nowhere") is None
    assert site.section("features").family_ids() == (features.pk, food.pk)
    assert [s.slug for s in site.trail(food.pk)] == ["features", "food"]
    assert site.trail(0) == ()


def test_a_section_never_stands_under_itself_or_another_title():
    masthead, other = a_masthead(sections=("a", "b")), a_masthead("kinako", sections=("c",))
    a, b = masthead.sections.order_by("place")
    b.parent = a
    save_section(b, by="Ana")
    a.parent = b

    with pytest.raises(MastheadRefused, match="A would stand under itself"):
        save_section(a, by="Ana")
    foreign = models.Section(name="D", slug="d", parent=other.sections.get())
    with pytest.raises(MastheadRefused, match="C is a section of another masthead"):
        save_sections(masthead.pk, [foreign], by="Ana")


@pytest.mark.parametrize(
    "drawing",
    [
        "<?xml-stylesheet type='text/xsl' href='data:,a'?><svg xmlns='{}'/>",
        "<svg xmlns='{}'><?xml-stylesheet href='//evil.example/a.css'?></svg>",
        "<svg xmlns='{}'/><?xml-stylesheet href='//evil.example/a.css'?>",
        "<svg xmlns='{}'><path fill='url(//evil.example/a#b)' d='M0 0'/></svg>",
        "<svg xmlns='{}'><path fill=\"url( 'https://evil.example/a')\" d='M0 0'/></svg>",
        "<svg xmlns='{}'><path mask='URL(data:image/svg+xml,a)' d='M0 0'/></svg>",
        "<svg xmlns='{}'><path fill='u\\72 l(//evil.example/)' d='M0 0'/></svg>",
        "<svg xmlns='{}'><path mask='image-set(\"//evil.example/\" 1x)' d='M0 0'/></svg>",
    ],
)
def test_a_wordmark_leads_nowhere_and_takes_no_instruction(drawing):
    assert wordmark_problem(drawing.replace("{}", "http://www.w3.org/2000/svg").encode())


def test_a_wordmark_may_point_to_its_own_parts():
    drawing = (
        b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'><clipPath id='a'>"
        b"<path d='M0 0h9v9z'/></clipPath><path clip-path=\"url(#a)\" mask=\"url('#a')\" d='M0 0'/></svg>"
    )

    assert wordmark_problem(drawing) is None


def test_a_wordmark_of_plain_shapes_is_used(media_root):
    masthead = a_masthead()

    set_wordmark(masthead.pk, WORDMARK, by="Ana")

    url = queries.by_slug("musashi").wordmark_url
    assert url.endswith(".svg")
    masthead.refresh_from_db()
    with masthead.wordmark.open() as stored:
        assert stored.read() == WORDMARK


@pytest.mark.parametrize(
    ("svg", "sentence"),
    [
        (b"<p>hi", "This is not an SVG drawing"),
        (b"<p/>", "The drawing holds <p>"),
        (b'<g xmlns="http://www.w3.org/2000/svg"/>', "This is not an SVG drawing."),
        (WORDMARK.replace(b"<path", b"<script/><path"), "The drawing holds <script>"),
        (WORDMARK.replace(b"<path", b'<path onclick="x"'), "an attribute onclick"),
        (WORDMARK.replace(b"<path", b'<path style="x"'), "an attribute style"),
        (b'<!DOCTYPE svg [<!ENTITY a "b">]>' + WORDMARK, "This is not an SVG drawing"),
        (WORDMARK + b" " * 200_001, "200,083 bytes; a wordmark may have 200,000."),
    ],
)
def test_a_wordmark_that_could_act_is_refused(svg, sentence):
    masthead = a_masthead()

    with pytest.raises(MastheadRefused) as refused:
        set_wordmark(masthead.pk, svg, by="Ana")

    assert sentence in refused.value.problems["wordmark"]
    masthead.refresh_from_db()
    assert not masthead.wordmark


def test_the_whole_network_is_read_in_two_queries(django_assert_num_queries):
    for slug in ("musashi", "kinako", "rails"):
        a_masthead(slug)

    with django_assert_num_queries(2):
        sites = queries.all_mastheads()

    assert [s.slug for s in sites] == ["musashi", "kinako", "rails"]
    assert queries.by_id(sites[1].id).slug == "kinako"
    assert queries.by_id(0) is None
    assert queries.host_of("http://kinako.localhost:8000") == "kinako.localhost"
    assert str(models.Masthead.objects.first()) == "Musashi"
    assert str(models.Section.objects.first()).startswith("World (")


def test_a_masthead_comes_with_its_sections_in_one_call_and_only_once():
    fields = {
        "slug": "musashi",
        "name": "Musashi",
        "host": "musashi.localhost",
        "legal_line": LEGAL,
        "look": "daily",
    }
    first = create_masthead(
        sections={"sports": "Sports", "sports/sumo": "Sumo", "world": "World"}, by="Ana", **fields
    )
    again = create_masthead(sections={"other": "Other"}, by="Ana", **fields)
    edition = create_masthead(
        sections={}, by="Ana", edition_of="musashi",
        **fields | {"slug": "musashi-ja", "host": "musashi-ja.localhost", "language": "ja"},
    )  # fmt: skip

    assert first == again
    site = queries.by_slug("musashi")
    assert [(s.slug, [c.slug for c in s.children]) for s in site.sections] == [
        ("sports", ["sumo"]), ("world", []),
    ]  # fmt: skip
    assert [e.slug for e in queries.by_id(edition).editions] == ["musashi"]


def test_a_masthead_without_a_wordmark_has_none_to_serve(media_root):
    masthead = a_masthead()
    assert queries.wordmark(masthead.pk) is None

    set_wordmark(masthead.pk, WORDMARK, by="Ana")

    assert queries.wordmark(masthead.pk) == WORDMARK
