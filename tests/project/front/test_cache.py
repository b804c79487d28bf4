"""Shared pages through a real front: what hits, what is made again, and what is never shown."""

import pytest

from dateline.edge.domain.verdict import Mode
from dateline.project.front import hits
from tests.project.front.conftest import PASS, ask, page, then_die, wait_until


def test_the_second_reader_is_answered_without_a_renderer(cached, renderer):
    first, body = ask(cached, "/world/a-1")
    second, again = ask(cached, "/world/a-1")

    assert (first.status, body, again) == (200, b"<p>story", b"<p>story")
    assert first.headers["cache-status"] == "dateline; fwd=uri-miss; stored"
    assert second.headers["cache-status"] == "dateline; hit"
    assert len(renderer.asked) == 1


def test_a_fill_is_canonical_and_holds_nothing_of_the_client(cached, renderer):
    ask(
        cached, "/world/?utm_source=x&page=2&v=a%2fb&page=3&fbclid=y", host="POST.localhost:81",
        cookie="session=1", user_agent="evil", x_forwarded_host="evil.test", accept="evil/*",
    )  # fmt: skip

    (head, body) = renderer.asked[0]
    lines = head.rstrip().split(b"\r\n")
    assert lines[0] == b"GET /world/?page=2&v=a%2Fb HTTP/1.1"
    assert sorted(lines[1:]) == [
        b"host: post.localhost:81", b"x-dateline-client: 192.0.2.0", b"x-dateline-fill: 1",
        b"x-dateline-scheme: https", b"x-dateline-token: secret",
    ]  # fmt: skip
    assert body == b""


@pytest.mark.parametrize("query", ["utm_source=x", "page=2&utm_source=x", "", "&&", "x=/../%00;"])
def test_one_page_for_all_queries_that_mean_the_same(cached, renderer, query):
    canonical = "/world/?page=2" if "page" in query else "/world/"
    ask(cached, canonical)

    response, _ = ask(cached, f"/world/?{query}")

    assert response.headers["cache-status"] == "dateline; hit"
    assert len(renderer.asked) == 1


def test_a_query_that_the_view_does_not_read_makes_no_copies(cached, renderer, edge):
    renderer.answers = [edge.page("one", query=())]
    for number in range(20):
        assert ask(cached, f"/story?page={number}&v={number}")[1] == b"one"
    assert ask(cached, "/story")[0].headers["cache-status"] == "dateline; hit"
    assert len(renderer.fills()) == 1

    renderer.answers = [edge.page("css", query=("v",))]
    for number in range(20):
        ask(cached, f"/look.css?v=1&page={number}")
    ask(cached, "/look.css?v=2&page=1")
    assert len(renderer.fills()) == 3


def test_a_view_that_reads_more_after_an_upgrade_is_asked_for_it(cached, renderer, edge):
    renderer.answers = [edge.page("one", query=())]
    ask(cached, "/list/?page=2")
    renderer.answers = [edge.page("still one", query=("page",)), edge.page("two", query=("page",))]
    edge.purge("s:1")

    assert [ask(cached, "/list/?page=2")[1] for _ in range(3)] == [b"still one", b"two", b"two"]


def test_what_is_not_found_teaches_nothing_and_the_rest_is_bounded(
    cached, renderer, edge, monkeypatch
):
    monkeypatch.setattr(hits, "NAMES_AT_MOST", 1)
    renderer.answers = [edge.page("no", query=(), status="404 Not Found")]
    ask(cached, "/a?page=1")
    ask(cached, "/a?page=2")
    assert len(renderer.fills()) == 2
    renderer.answers = [edge.page(query=())]
    for path in ("/b", "/c", "/b"):
        for number in range(3):
            ask(cached, f"{path}?page={number}{path[1]}")

    assert len(renderer.fills()) == 2 + 3  # once for each time that the other was remembered


def test_hosts_and_pages_of_a_list_are_pages_of_their_own(cached, renderer, edge):
    renderer.answers = [edge.page(text) for text in ("one", "two", "three", "four")]

    bodies = [
        ask(cached, path, host=host)[1]
        for host in ("a.localhost", "b.localhost") for path in ("/x/", "/x/?page=2")
    ]  # fmt: skip

    assert bodies == [b"one", b"two", b"three", b"four"]
    assert ask(cached, "/x/?page=2", host="B.localhost")[1] == b"four"


@pytest.mark.parametrize("times", [1, 2])
def test_a_head_has_the_fields_and_no_body(cached, renderer, edge, times):
    for _ in range(times):
        response, body = ask(cached, "/", method="HEAD")

    assert (response.status, response.headers["content-length"], body) == (200, "8", b"")
    assert renderer.asked[0][0].startswith(b"GET / ")
    assert len(renderer.asked) == 1


@pytest.mark.parametrize("mode", [Mode.HARD, Mode.GONE])
def test_after_a_hard_purge_the_next_reader_gets_the_new_page(cached, renderer, edge, mode):
    renderer.answers = [edge.page("old"), edge.page("new")]
    ask(cached, "/")

    edge.purge("s:1", mode=mode)
    response, body = ask(cached, "/")

    assert body == b"new"
    assert "fwd=" in response.headers["cache-status"]
    assert ask(cached, "/")[0].headers["cache-status"] == "dateline; hit"


def test_a_purge_of_something_else_costs_nothing(cached, renderer, edge):
    ask(cached, "/")

    edge.purge("s:2")

    assert ask(cached, "/")[0].headers["cache-status"] == "dateline; hit"
    assert len(renderer.asked) == 1


def test_after_a_soft_purge_one_reader_sees_the_old_page_and_the_new_one_is_made(
    cached, renderer, edge
):
    renderer.answers = [edge.page("old"), edge.page("new")]
    ask(cached, "/")

    edge.purge("s:1", mode=Mode.SOFT)
    assert ask(cached, "/")[0].headers["cache-status"] == "dateline; hit"
    edge.ahead_s = 10  # since it was made
    response, body = ask(cached, "/")

    assert body == b"old"
    assert response.headers["cache-status"] == "dateline; hit; detail=refreshing"
    wait_until(lambda: ask(cached, "/")[1] == b"new")
    assert len(renderer.asked) == 2


def test_at_the_moment_something_opens_the_page_is_made_again(cached, renderer, edge):
    renderer.answers = [edge.page("embargoed", opens=edge.clock() + 60), edge.page("open")]
    assert ask(cached, "/")[1] == b"embargoed"
    edge.ahead_s = 59
    assert ask(cached, "/")[1] == b"embargoed"

    edge.ahead_s = 61

    assert ask(cached, "/")[1] == b"open"


def test_a_page_holds_no_longer_than_its_time(cached, renderer, edge):
    renderer.answers = [edge.page("one", ttl=5), edge.page("two")]
    ask(cached, "/")
    edge.ahead_s = 4
    assert ask(cached, "/")[1] == b"one"

    edge.ahead_s = 6

    assert ask(cached, "/")[1] == b"two"


@pytest.mark.parametrize("ttl", [None, 3600])
def test_what_is_not_found_is_remembered_for_ten_seconds(cached, renderer, edge, ttl):
    renderer.answers = [edge.page("no", status="404 Not Found", ttl=ttl), edge.page("made")]

    assert ask(cached, "/new")[0].status == 404
    assert ask(cached, "/new")[0].headers["cache-status"] == "dateline; hit"
    edge.ahead_s = 11

    assert ask(cached, "/new")[1] == b"made"


@pytest.mark.parametrize("mode", [Mode.HARD, Mode.GONE])
def test_a_page_that_was_purged_while_it_rendered_is_made_again(cached, renderer, edge, mode):
    made = edge.page("new")

    def slow(connection):
        told = edge.note()
        edge.purge("s:1", mode=mode)
        page("old", headers=f"X-Dateline-Edge: {told}\r\n")(connection)

    renderer.answers = [slow, made]

    assert ask(cached, "/")[1] == b"new"
    assert len(renderer.asked) == 2


def test_a_page_that_is_purged_again_and_again_is_rendered_for_each_reader(cached, renderer, edge):
    def ever_late(connection):
        told = edge.note()
        edge.purge("s:1")
        page("now", headers=f"X-Dateline-Edge: {told}\r\n")(connection)

    renderer.answers = [ever_late]

    response, body = ask(cached, "/", cookie="mine=1")

    assert (body, response.headers["cache-status"]) == (b"now", "dateline; fwd=bypass")
    assert len(renderer.fills()) == 3
    assert b"cookie: mine=1" in renderer.asked[-1][0]


def test_a_view_that_did_not_opt_in_gets_the_clients_own_request(cached, renderer):
    renderer.answers = [PASS, page("yours", headers="Set-Cookie: a=1\r\n"), page("yours too")]

    first, _ = ask(cached, "/account/", cookie="session=1")
    second, body = ask(cached, "/account/?page=2", cookie="session=2")

    assert first.headers["cache-status"] == "dateline; fwd=bypass"
    assert (first.headers["set-cookie"], body) == ("a=1", b"yours too")
    heads = [head for head, _ in renderer.asked]
    assert [b"x-dateline-fill" in head for head in heads] == [True, False, False]
    assert [b"session=" in head for head in heads] == [False, True, True]
    assert second.headers["x-dateline-edge"] is None


@pytest.mark.parametrize(
    "word", ["", "refuse", "pass", "{", "[]", '{"start": -1}', '{"start": 1, "hard": "s:1"}']
)
def test_without_a_note_that_can_be_believed_nothing_is_kept(cached, renderer, word):
    renderer.answers = [page("x", headers=f"X-Dateline-Edge: {word}\r\n"), page("own")]

    assert ask(cached, "/")[1] == b"own"
    assert ask(cached, "/")[1] == b"own"


@pytest.mark.parametrize(
    "headers",
    [
        "Set-Cookie: a=1\r\n", "Vary: *\r\n", "Vary: Cookie\r\n", "Vary: Accept-Encoding, Accept\r\n",
        "Cache-Control: private\r\n", "Cache-Control: max-age=60, Private\r\n",
        'Cache-Control: private="x"\r\n', "Cache-Control: No-Store\r\n",
        "Cache-Control: public\r\nCache-Control: no-store\r\n", "Content-Encoding: gzip\r\n",
        "Content-Range: bytes 0-1/9\r\n", "WWW-Authenticate: Basic\r\n",
    ],
)  # fmt: skip
def test_what_must_not_be_shared_is_not_even_with_a_note(cached, renderer, edge, headers):
    renderer.answers = [edge.page("theirs", headers=headers), page("own")]

    assert ask(cached, "/")[1] == b"own"
    assert ask(cached, "/")[1] == b"own"


@pytest.mark.parametrize("status", ["201 Created", "206 Partial Content", "302 Found", "500 Oops"])
def test_only_four_statuses_are_shared(cached, renderer, edge, status):
    renderer.answers = [edge.page("theirs", status=status), page("own")]

    assert ask(cached, "/")[1] == b"own"


@pytest.mark.parametrize("status", ["301 Moved Permanently", "410 Gone"])
def test_moved_and_gone_are_shared(cached, renderer, edge, status):
    renderer.answers = [edge.page("", status=status, headers="Location: /new\r\n")]

    statuses = [ask(cached, "/", if_none_match="*")[0].status for _ in range(2)]

    assert statuses == [int(status[:3])] * 2
    assert len(renderer.asked) == 1


def test_browsers_ask_again_for_every_page(cached, renderer, edge):
    fields = "Content-Type: text/html\r\nCache-Control: max-age=600\r\n"
    renderer.answers = [edge.page(headers=fields)]

    response, _ = ask(cached, "/")

    assert response.headers.get_all("cache-control") == ["no-cache"]


@pytest.mark.parametrize("length", [True, False])
def test_what_is_larger_than_a_megabyte_streams_through(cached, renderer, edge, length):
    size = 1024 * 1024 + 1

    def large(connection):
        told = f"X-Dateline-Edge: {edge.note()}\r\n"
        fields = f"Content-Length: {size}\r\n" if length else "Connection: close\r\n"
        connection.sendall(f"HTTP/1.1 200 OK\r\n{fields}{told}\r\n".encode() + b"x" * size)
        return None if length else "close"

    renderer.answers = [large]

    for _ in range(2):
        response, body = ask(cached, "/large")
        assert (len(body), response.headers["cache-status"]) == (size, "dateline; fwd=bypass")
    assert len(renderer.fills()) == 1


@pytest.mark.parametrize("headers", [{"range": "bytes=0-1"}, {"authorization": "Basic eDp5"}])
def test_a_request_for_a_part_or_with_a_key_is_the_clients_own(cached, renderer, headers):
    ask(cached, "/")

    response, _ = ask(cached, "/", **headers)

    assert response.headers["cache-status"] == "dateline; fwd=request"
    assert b"x-dateline-fill" not in renderer.asked[1][0]
    assert ask(cached, "/")[0].headers["cache-status"] == "dateline; hit"


def test_a_form_is_the_clients_own(cached, renderer):
    ask(cached, "/")

    response, _ = ask(cached, "/", method="POST", body="a=1")

    assert response.headers["cache-status"] == "dateline; fwd=method"
    assert renderer.asked[1][1] == b"a=1"


def test_an_old_client_gets_the_page_and_the_end_of_the_connection(cached, say):
    ask(cached, "/")
    request = b"GET / HTTP/1.0\r\nHost: post.localhost\r\nConnection: keep-alive\r\n\r\n"

    answer = say(cached, request)

    assert b"cache-status: dateline; hit\r\n" in answer
    assert b"connection: close\r\n" in answer
    assert answer.endswith(b"\r\n\r\n<p>story")


def test_hits_and_misses_leave_in_the_order_of_their_requests(cached, renderer, edge, say):
    ask(cached, "/hit")
    renderer.answers = [edge.page("missed")]
    one = b"GET /%b HTTP/1.1\r\nHost: post.localhost\r\n\r\n"
    names = [b"hit", b"miss", b"hit", b"hit"]

    answer = say(cached, b"".join(one % name for name in names), until=b"\xff", seconds=0.5)

    bodies = [part.rpartition(b"\r\n\r\n")[2] for part in answer.split(b"HTTP/1.1 200 OK\r\n")[1:]]
    assert bodies == [b"<p>story", b"missed", b"<p>story", b"<p>story"]


def test_age_counts_from_the_render(cached, edge):
    ask(cached, "/")
    edge.ahead_s = 90

    assert ask(cached, "/")[0].headers["age"] in {"90", "91"}


def test_a_renderer_that_dies_in_a_fill_is_asked_again(cached, renderer, edge):
    cut = then_die(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")
    renderer.answers = [cut, edge.page("back")]

    assert ask(cached, "/")[1] == b"back"


def test_a_renderer_that_goes_on_dying_is_told_honestly(cached, renderer):
    renderer.answers = [then_die(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")]

    response, body = ask(cached, "/")

    assert (response.status, body) == (502, b"The renderer stopped in the middle of its answer.\n")
