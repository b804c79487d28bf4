"""A null in an address is refused on every host before the database hears of it."""

import re

import pytest
from django.conf import settings
from django.test import Client, RequestFactory
from django.urls import URLPattern, get_resolver

from dateline.project import edge_fill, hosts, nulls
from tests.factories.newsroom import a_masthead, an_editor

pytestmark = pytest.mark.django_db

CONFS = {
    "desk": settings.ROOT_URLCONF,
    "account": hosts.ACCOUNT_URLS,
    "post": hosts.READER_URLS,
    "nobody": hosts.NETWORK_URLS,
}
HOLE = re.compile(r"<[^>]+>|\(\?P?[^)]*\)|\.\*|\[[^]]*\]\+?")


def addresses(patterns, before=""):
    """An address for each pattern, a null in each of its holes and one in its query at least."""
    for one in patterns:
        path = before + re.sub(r"[\^$\\]", "", HOLE.sub("a%00", str(one.pattern)))
        if isinstance(one, URLPattern):
            yield f"/{path}" if "%00" in path else f"/{path}?q=%00"
        else:
            yield from addresses(one.url_patterns, path)


@pytest.mark.parametrize("host", CONFS)
def test_no_address_of_any_host_hands_a_null_on(host, browser, django_assert_num_queries):
    walked = list(addresses(get_resolver(CONFS[host]).url_patterns))
    ask = browser(host)

    with django_assert_num_queries(0):
        answers = {path: ask.get(path).status_code for path in walked}

    assert {path: status for path, status in answers.items() if status != 400} == {}
    assert len(walked) >= {"nobody": 1, "account": 40}.get(host, 30)


@pytest.mark.parametrize(
    "query", ["page=%00", "utm=a%00b", "%00", pytest.param("page=1\0", id="raw")]
)
def test_nor_does_a_query_and_it_says_why(browser, query):
    answer = browser("post").get(f"/world/?{query}")

    assert (answer.status_code, answer.content.decode()) == (400, nulls.REFUSED)


def test_words_about_a_null_are_an_address_like_any_other(browser):
    ask = browser("post")

    assert ask.get("/%2500").status_code == 404
    assert ask.get("/?q=%2500").status_code == 200


def test_a_cookie_with_a_null_is_not_heard_and_the_others_are():
    ask = nulls.NoNulls(lambda request: request.COOKIES)

    def heard(cookies):
        return ask(RequestFactory().get("/", headers={"cookie": cookies}))

    assert heard(r'session="a\000bcdefgh"; csrf="a\"b"; known=1') == {"csrf": 'a"b', "known": "1"}
    assert heard("session=abcdefgh; known=1") == {"session": "abcdefgh", "known": "1"}


def test_what_is_refused_is_kept_by_no_cache(browser):
    answer = browser("post").get("/world/", {"page": "\0"}, headers={"x-dateline-fill": "1"})

    assert (answer.status_code, answer[edge_fill.ANSWER]) == (204, edge_fill.PASS)


@pytest.fixture
def browser():
    a_masthead("post")

    def _browser(host):
        client = Client(headers={"host": f"{host}.localhost"})
        client.get("/")  # the host is remembered for a second
        client.force_login(an_editor())
        return client

    return _browser
