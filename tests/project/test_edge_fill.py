"""What the front is told when it fills its cache: may this be shared, and what does it depend on."""

import json
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.http import HttpResponse, StreamingHttpResponse
from django.middleware.csrf import get_token
from django.test import Client, RequestFactory

from dateline.edge import keys
from dateline.edge import services as edge
from dateline.edge.domain.note import MOST_TAGS, PageNote
from dateline.mastheads import queries as mastheads
from dateline.project import edge_fill
from dateline.project.edge_fill import EdgeFill
from tests.factories.newsroom import a_masthead, a_story, an_editor
from tests.factories.pictures import a_picture

pytestmark = pytest.mark.django_db

FILL = {"x-dateline-fill": "1"}
SOON = datetime(2099, 1, 1, tzinfo=UTC)


def test_a_story_s_note_names_what_it_shows(network):
    story, other = network
    note = noted(f"/world/ferry-{story.pk}")

    site = mastheads.by_slug("musashi")
    world = site.section("world").id
    assert {keys.story(story.pk), keys.chrome(site.id), keys.network(), keys.release()} <= {
        *note.hard
    }
    assert {keys.picture(story.lead_picture_id), keys.card(other.pk)} <= {*note.hard}
    assert keys.list_of(site.id, world) in note.soft
    assert note.start == edge.sequence()


def test_a_list_s_note_names_its_cards_its_list_and_the_moment_something_enters(network):
    story, other = network
    a_draft_under_embargo()
    note = noted("/world/")

    site = mastheads.by_slug("musashi")
    tags = {keys.list_of(site.id, site.section("world").id), keys.card(story.pk)}
    assert tags | {keys.card(other.pk)} <= {*note.hard}
    assert noted("/").opens < note.opens == SOON.timestamp()  # the front turns at midnight


def test_a_page_under_embargo_is_a_404_that_opens(network):
    story = a_draft_under_embargo()

    note = noted(f"/world/later-{story.pk}", status=404)

    assert (note.opens, note.ttl) == (SOON.timestamp(), 10.0)
    assert keys.story(story.pk) in note.hard


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/", 200), ("/world/", 200), ("/world", 301), ("/feed.xml", 200), ("/world/feed.xml", 200),
        ("/look.css", 200), ("/favicon.svg", 200), ("/robots.txt", 200), ("/newsletters/", 200),
        ("/nothing/", 404), ("/a/b/c", 404), ("/world/?page=2", 404),
    ],
)  # fmt: skip
def test_what_every_reader_shares_may_be_kept(network, path, status):
    assert (noted(path, status=status).ttl == 10.0) == (status == 404)


def test_the_network_s_own_page_depends_on_its_titles(network):
    assert {*noted("/", host="localhost").hard} == {keys.network(), keys.release()}


@pytest.mark.parametrize(
    ("host", "path"),
    [
        ("desk.localhost", "/"), ("desk.localhost", "/login/"), ("evil.test", "/"),
        ("localhost", "/nothing"), ("musashi.localhost", "/readyz"),
        ("musashi.localhost", "/account/"), ("musashi.localhost", "/account/enter/"),
        ("musashi.localhost", "/account/back/"), ("account.localhost", "/"),
        ("account.localhost", "/login/"), ("account.localhost", "/enter/"),
        ("musashi.localhost", "/media/images/x.jpg"), ("desk.localhost", "/media/pictures/1/x/x"),
    ],
)  # fmt: skip
def test_what_belongs_to_one_client_is_passed_without_being_run(network, host, path):
    answer = asked(path, host=host)

    assert (answer.status_code, answer.content) == (204, b"")
    assert answer["X-Dateline-Edge"] == "pass"


def test_a_view_that_did_not_opt_in_is_not_run():
    def view(_):
        raise AssertionError("It was run.")

    middleware = EdgeFill(lambda request: middleware.process_view(request, view, (), {}))
    answer = middleware(RequestFactory().get("/", headers=FILL))

    assert answer["X-Dateline-Edge"] == "pass"


@pytest.mark.parametrize(
    ("path", "read"),
    [
        ("/", []),
        ("/world/", ["page"]),
        ("/look.css", ["v"]),
        ("/new.json", []),
        ("/favicon.svg", []),
    ],
)
def test_a_note_names_what_the_view_reads_of_a_query(network, path, read):
    assert noted(path).query == tuple(read)


def test_a_view_is_shown_nothing_else_of_the_query():
    seen = []
    view = edge.shared_page(query=("page",))(lambda request: seen.append(request.GET.dict()))
    request = RequestFactory().get("/?v=9&page=2&utm_source=x", headers=FILL)
    request.urlconf = "a reader's host"
    assert request.GET["v"] == "9"  # somebody looked before

    assert EdgeFill(lambda _: HttpResponse()).process_view(request, view, (), {}) is None
    view(request)

    assert seen == [{"page": "2"}]
    assert request.get_full_path() == "/?page=2"


def test_any_other_request_is_left_as_it_is(network):
    answer = Client().get("/", headers={"host": "musashi.localhost"})

    assert answer.status_code == 200
    assert "X-Dateline-Edge" not in answer


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Set-Cookie", "a=b"),
        ("Cache-Control", "PRIVATE, max-age=9"),
        ("Cache-Control", 'private="set-cookie"'),
        ("Cache-Control", "max-age=1,no-store"),
        ("Vary", "Accept-Encoding, Cookie"),
        ("Vary", "*"),
    ],
)
def test_an_answer_with_a_head_for_one_reader_is_refused(name, value):
    answer = through(lambda _, answer: answer.headers.__setitem__(name, value))

    assert answer["X-Dateline-Edge"] == "refuse"


@pytest.mark.parametrize(
    "spoil",
    [
        lambda _, answer: answer.set_cookie("a", "b"),
        lambda request, _: get_token(request),
        lambda request, _: setattr(request.session, "accessed", True),
        lambda request, _: setattr(request.session, "modified", True),
        lambda _, answer: setattr(answer, "status_code", 302),
        lambda _, answer: setattr(answer, "status_code", 500),
        lambda *_: edge.depend(*(f"x:{n}" for n in range(MOST_TAGS + 1))),
    ],
    ids=["cookie", "token", "session read", "session written", "302", "500", "too many tags"],
)
def test_what_is_personal_or_odd_is_refused(spoil):
    assert through(spoil)["X-Dateline-Edge"] == "refuse"


def test_what_breaks_no_rule_is_shared():
    answer = through(lambda _, answer: answer.headers.__setitem__("Vary", "Accept-Encoding"))

    assert PageNote.from_json(answer["X-Dateline-Edge"]).hard == (keys.release(),)


def test_the_shorter_of_two_lives_counts():
    def missing(_, answer):
        answer.status_code = 404

    def life(ttl, spoil):
        return json.loads(through(spoil, ttl=ttl)["X-Dateline-Edge"]).get("ttl")

    assert [life(5, missing), life(60, missing), life(5, lambda *_: None)] == [5, 10, 5]


def test_without_counters_nothing_is_kept(tmp_path, settings):
    (tmp_path / "edge").write_text("a file where the folder should be")
    settings.DATELINE_EDGE_DIR = tmp_path / "edge"

    assert through(lambda *_: None)["X-Dateline-Edge"] == "refuse"


def test_a_static_file_is_kept_under_its_hashed_name_only(settings):
    closed = []

    def told(cache_control):
        answer = StreamingHttpResponse([b"x"], headers={"Cache-Control": cache_control})
        answer.close = lambda: closed.append(cache_control)
        request = RequestFactory().get("/static/web/css/base.css", headers=FILL)
        return EdgeFill(lambda _: answer)(request)["X-Dateline-Edge"]

    assert told("max-age=0, public") == "pass"
    assert closed == ["max-age=0, public"]  # a file that nobody reads is not left open
    assert PageNote.from_json(told("max-age=315360000, public, immutable")).hard


def test_a_wrong_version_of_a_file_fills_no_cache(network):
    assert asked("/look.css?v=made-up")["X-Dateline-Edge"] == "refuse"


def test_a_picture_is_kept_with_the_story_that_lets_it_through(network):
    story, _ = network
    page = asked(f"/world/ferry-{story.pk}").content.decode()
    path = page.partition('<img src="')[2].partition('"')[0]

    note = noted(path)

    assert {keys.picture(story.lead_picture_id), keys.story(story.pk)} <= {*note.hard}


def test_a_picture_that_no_story_has_is_not_kept(network):
    picture = a_picture("alone")
    path = f"/media/pictures/{picture.pk}/{picture.token}/3x2-320.jpg"

    assert asked(path)["X-Dateline-Edge"] == "refuse"
    assert asked(path).status_code == 200


def test_somebody_s_session_never_reaches_a_shared_page(network):
    """The front sends no cookie; were one to come through, the page would still not be kept."""
    client = Client(headers={"host": "musashi.localhost"})
    client.force_login(an_editor())

    answer = client.get("/media/pictures/1/guess/3x2-320.jpg", headers=FILL)

    assert answer["X-Dateline-Edge"] == "refuse"


def through(spoil, *, ttl=None):
    """What the front is told of an answer that `spoil` has changed."""

    def view(request):
        request.session = SimpleNamespace(accessed=False, modified=False)
        request.shared_mark = edge.SharedPage(ttl)
        answer = HttpResponse("a page")
        spoil(request, answer)
        return answer

    return EdgeFill(view)(RequestFactory().get("/", headers=FILL))


def asked(path, *, host="musashi.localhost"):
    return Client().get(path, headers={"host": host, **FILL})


def noted(path, *, host="musashi.localhost", status=200):
    answer = asked(path, host=host)
    assert answer.status_code == status, path
    assert edge_fill.ANSWER in answer, path
    return PageNote.from_json(answer["X-Dateline-Edge"])


def a_draft_under_embargo():
    return a_story("Later", embargo_until=SOON, at=datetime.now(UTC))


@pytest.fixture
def network():
    a_masthead("musashi")
    a_masthead("kinako")
    a_story("There", on=("kinako",))
    hour = datetime.now(UTC) - timedelta(hours=30)
    return a_story("Ferry", lead_picture=a_picture(), at=hour), a_story("Other", at=hour)


@pytest.fixture(autouse=True)
def _pictures(media_root):
    """Copies are written."""
