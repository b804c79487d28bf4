"""The host decides which site a request belongs to, from rows, without a restart."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import reverse
from django.utils import translation

from dateline.edge import keys
from dateline.edge import services as edge
from dateline.project import hosts
from dateline.project.hosts import HostRouting, Place
from tests.factories.newsroom import a_masthead, an_editor

pytestmark = pytest.mark.django_db


def test_the_desk_has_its_own_host(ask):
    request, response = ask("desk.localhost:8000")

    assert response.status_code == 200
    assert not hasattr(request, "urlconf")
    assert request.masthead is None


def test_people_sign_in_on_a_host_of_their_own(ask, masthead):
    request, response = ask("account.localhost:8000")

    assert (request.urlconf, response.status_code) == ("dateline.project.account_urls", 200)
    assert (request.masthead, request.place) == (None, ":account")


@pytest.mark.parametrize(
    ("host", "place"),
    [("desk.localhost", ":desk"), ("post.localhost", "post"), ("localhost", ""), ("a.test", "")],
)
def test_a_session_is_bound_to_the_place_of_its_host(ask, masthead, host, place):
    request, _ = ask(host)

    assert request.place == place


@pytest.mark.parametrize("host", ["post.localhost", "POST.localhost:8000", "post.localhost.:8000"])
def test_a_masthead_answers_on_its_host_in_its_language(ask, masthead, host):
    request, response = ask(host)

    assert request.masthead.slug == masthead.slug
    assert request.urlconf == "dateline.project.reader_urls"
    assert response.content == b"ja"
    assert translation.get_language() != "ja"


@pytest.mark.parametrize(
    "host", ["localhost:8000", "127.0.0.1:8000", "[::1]:8000", "[::1]", "x.localhost"]
)
def test_an_unknown_name_for_this_machine_shows_the_network(ask, host):
    request, response = ask(host)

    assert (request.urlconf, response.status_code) == ("dateline.project.network_urls", 200)


def test_the_network_s_page_links_to_every_site(client, masthead):
    page = client.get("/", headers={"host": "localhost:8000"}).content.decode()

    assert 'href="http://post.localhost:8000/"' in page


@pytest.mark.parametrize("host", ["evil.test", "localhost.evil.test", "192.0.2.1"])
def test_an_unknown_name_elsewhere_is_refused(ask, host):
    _, response = ask(host)

    assert response.status_code == 421
    assert response.content == b"This host belongs to no site of this network.\n"


def test_a_host_that_is_no_host_is_refused(ask):
    _, response = ask("a b/c")

    assert response.status_code == 400


def test_a_site_added_in_the_desk_answers_within_a_second(monkeypatch):
    routing = HostRouting(lambda _: HttpResponse())
    now = [100.0]
    monkeypatch.setattr(hosts.time, "monotonic", lambda: now[0])
    assert routing.place("new.localhost").kind == "network"

    a_masthead("new")

    assert routing.place("new.localhost").kind == "network"
    now[0] += hosts.REMEMBER_S
    assert routing.place("new.localhost").masthead.slug == "new"


def test_what_is_remembered_of_a_host_ends_with_the_next_purge(masthead):
    routing = HostRouting(lambda _: HttpResponse())
    assert routing.place("post.localhost").masthead.name == masthead.name
    masthead.name = "The Evening Post"
    masthead.save()

    assert routing.place("post.localhost").masthead.name != masthead.name
    edge.purge([keys.chrome(masthead.pk)], cause="a test")
    assert routing.place("post.localhost").masthead.name == "The Evening Post"


def test_a_busy_site_costs_no_query_a_request(masthead, django_assert_num_queries):
    routing = HostRouting(lambda _: HttpResponse())
    routing.place("post.localhost")

    with django_assert_num_queries(0):
        routing.place("post.localhost")


def test_somebody_trying_names_fills_no_memory(monkeypatch):
    routing = HostRouting(lambda _: HttpResponse())
    monkeypatch.setattr(hosts, "find", lambda _: Place("unknown"))

    for number in range(hosts.REMEMBER_AT_MOST * 2 + 5):
        routing.place(f"n{number}.test")

    assert len(routing.known) <= hosts.REMEMBER_AT_MOST


def test_a_demo_domain_serves_the_same_sites_elsewhere(ask, masthead, settings):
    settings.DATELINE_DEMO_DOMAIN = "demo.test"

    site, _ = ask("post.demo.test")
    unknown, _ = ask("nobody.demo.test")
    home, _ = ask("demo.test")
    desk, _ = ask("desk.demo.test")

    assert site.masthead.slug == "post"
    assert not hasattr(unknown, "urlconf")
    assert home.urlconf == "dateline.project.network_urls"
    assert not hasattr(desk, "urlconf")
    assert hosts.origin_of("post.localhost") == "http://post.demo.test:8000"


def test_addresses_name_the_port(settings):
    assert hosts.origin_of("post.localhost") == "http://post.localhost:8000"


def test_a_form_of_a_site_needs_no_list_of_origins(masthead, client, settings):
    """Django compares Origin with the host itself, so CSRF follows the mastheads too."""
    assert not settings.CSRF_TRUSTED_ORIGINS
    page = client.get("/login/", headers={"host": "account.localhost"})
    token = page.context["csrf_token"]

    def post(origin):
        strict = type(client)(enforce_csrf_checks=True)
        strict.cookies = client.cookies
        form = {"csrfmiddlewaretoken": str(token), "login": "x", "password": "y"}
        headers = {"host": "account.localhost", "origin": origin}
        return strict.post("/login/", form, headers=headers).status_code

    assert post("http://account.localhost") == 200
    assert post("http://evil.test") == 403


PATHS = [
    "/abc",
    "/abc/",
    "/abc/d",
    "/abc/feed.xml",
    "/abc/a-1",
    "/look.css",
    "/wordmark.svg",
    "/me",
]


@pytest.mark.parametrize("path", PATHS)
def test_a_path_that_the_desk_does_not_have_is_not_found_with_or_without_its_slash(client, path):
    headers = {"host": "desk.localhost"}
    slashed = f"{path.rstrip('/')}/"

    stranger = client.get(slashed, headers=headers)
    assert (stranger.status_code, stranger["Location"]) == (302, f"/login/?next={slashed}")
    client.force_login(an_editor())
    assert client.get(path, headers=headers, follow=True).status_code == 404
    if path != slashed:
        assert client.get(path, headers=headers)["Location"] == slashed


@pytest.mark.parametrize("host", ["account.localhost", "localhost", "nobody.localhost"])
@pytest.mark.parametrize("path", PATHS)
def test_nor_is_it_on_a_host_that_belongs_to_no_title(client, masthead, host, path):
    assert client.get(path, headers={"host": host}).status_code == 404


@pytest.mark.parametrize("path", PATHS[:5])
def test_nor_is_it_on_a_title_s(client, masthead, path):
    assert client.get(path, headers={"host": "post.localhost"}).status_code == 404


def test_the_desk_adds_a_slash_that_was_left_out_and_keeps_the_query(client):
    answer = client.get("/snippets/stories/story?q=ferry", headers={"host": "desk.localhost"})

    assert (answer.status_code, answer["Location"]) == (301, "/snippets/stories/story/?q=ferry")


def test_readers_addresses_are_built_on_the_desk_and_answered_by_their_title_alone(client):
    built = reverse("web:story", args=["world", "ferry-1"])
    feed = reverse("web:feed", args=["xml"])

    assert (built, feed) == ("/world/ferry-1", "/feed.xml")
    for path in (built, feed):
        answer = client.get(path, headers={"host": "desk.localhost"})
        assert (answer.status_code, answer["Location"]) == (301, f"{path}/")


@pytest.mark.parametrize("host", ["desk.localhost", "account.localhost"])
def test_no_search_engine_is_let_in_where_people_sign_in_and_work(client, host):
    answer = client.get("/robots.txt", headers={"host": host})

    assert (answer.status_code, answer.content) == (200, b"User-agent: *\nDisallow: /\n")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert client.post("/robots.txt", headers={"host": host}).status_code in {403, 405}


@pytest.fixture
def ask():
    def view(_request):
        return HttpResponse(translation.get_language())

    def _ask(host):
        request = RequestFactory().get("/", headers={"host": host})
        return request, HostRouting(view)(request)

    return _ask


@pytest.fixture
def masthead():
    a_masthead("other", language="en")  # a query that forgets its filter fails
    return a_masthead("post", language="ja")
