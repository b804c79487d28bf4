"""What a client sends and the key does not hold changes nothing that is stored (field notes 5.2)."""

import itertools
import re
import socket
import string
from pathlib import Path

import pytest

from dateline.edge import queries
from dateline.project.front import heads
from dateline.project.front.fill import Wanted
from tests.project.front.conftest import PASS, ask, page

# Two paragraphs: names that software listens to, and words to make more of.
KNOWN, WORDS = (
    part.split() for part in Path(__file__).with_name("header-names.txt").read_text().split("\n\n")
)
SHAPES = ("{}", "x-{}", "x-{}-override", "x-original-{}", "x-forwarded-{}", "{}-id", "x_{}",
          "x-real-{}", "cf-{}", "x-amz-{}", "x-{}-url", "surrogate-{}", "x-ms-{}", "sec-{}",
          "x-vercel-{}", "x-next-{}", "x-wp-{}", "x-django-{}", "x-envoy-{}", "x-akamai-{}", "x-azure-{}", "x-fastly-{}", "x-app-{}")  # fmt: skip
NAMES = sorted({*KNOWN, *(shape.format(word) for shape in SHAPES for word in WORDS)})
VALUE = "https://evil.test/%3Cscript%3E"


def test_a_thousand_names_that_are_no_part_of_the_key_change_nothing(cached, renderer, edge):
    """Ninety at a time, and each known one alone; the renderer shows whatever it was asked."""
    renderer.answers = [echo(edge)]
    assert len(NAMES) >= 1_000
    clean = without_age(ask(cached, "/clean/"))
    groups = [NAMES[at : at + 90] for at in range(0, len(NAMES), 90)]
    alone = [[name] for name in KNOWN[::4]]

    for number, group in enumerate([*groups, *alone]):
        path = f"/clean/?utm={number}"
        edge.purge("s:1")
        first = sent(cached, path, [name for name in group if name not in READ_OTHERWISE])
        stored = ask(cached, "/clean/")
        assert without_age(stored) == clean, group
        assert b"evil" not in first
    assert not [head for head in renderer.fills() if b"evil" in head]


@pytest.mark.parametrize(
    "cookie",
    ["", "session=1", "session=1; csrf=2", "__Host-session=1", "sessionid=x", "a=b; " * 50,
     'session="', "=", ";;;", "session=1\t", "preview=1; no-cache=1", "lang=ja"],
)  # fmt: skip
def test_no_cookie_reaches_a_fill_and_none_is_stored(cached, renderer, edge, cookie):
    renderer.answers = [echo(edge)]

    first, body = ask(cached, "/", cookie=cookie)
    second, again = ask(cached, "/")

    assert body == again
    assert b"cookie" not in body.lower()
    assert first.headers["set-cookie"] is second.headers["set-cookie"] is None


PRIVATE = [
    "/account/x.css", "/account/x.js", "/account/.css", "/account/index.html", "/account/x.ico",
    "/account//x.css", "/account/%20.css", "/account/x.css?v=1", "/account/?x.css", "/account/~x.css",
    "/account/x%2ecss", "/account/static/x.css", "/static/account", "/account/,x.css", "/account/:x",
]  # fmt: skip


@pytest.mark.parametrize("path", PRIVATE)
def test_a_private_page_stays_private_under_any_name(cached, renderer, path):
    """The front knows no suffix: a page is shared when its view says so, and else never."""
    renderer.answers = [PASS, page("mine"), page("other's")]

    assert ask(cached, path, cookie="session=1")[1] == b"mine"
    assert ask(cached, path)[1] == b"other's"


@pytest.mark.parametrize(
    "path",
    ["/a;x.css", "/a%3bx.css", "/a%2fx.css", "/a%5cx.css", "/a%00.css", "/a%0ax.css", "/../a.css",
     "/%2e%2e/a.css", "/a/..%2fx.css", "/a\\x.css", "/a%0d%0aSet-Cookie:x"],
)  # fmt: skip
def test_a_path_that_two_readers_would_read_differently_is_refused(cached, renderer, path):
    assert ask(cached, path)[0].status == 400
    assert renderer.asked == []


@pytest.mark.parametrize(
    "query",
    ["page=2;page=evil", "page=2&page=evil", "page=2&pa%67e=evil", "utm=1;page=evil&page=2",
     "page=2&page[]=evil", "page=2&PAGE=evil", "page=2&%20page=evil", "page=2&page%00=evil",
     "page=2&_method=evil", "page=2&jsonp=evil"],
)  # fmt: skip
def test_a_query_cannot_be_cloaked(cached, renderer, edge, query):
    """What the renderer is asked is what the key holds, however the client wrote it."""
    renderer.answers = [echo(edge)]

    _, body = ask(cached, f"/?{query}")

    target = body.split(b" ")[1]
    key = Wanted.of(b"post.localhost", b"/", query.encode()).key
    assert Wanted.of(b"post.localhost", *target.split(b"?", 1)).key == key
    if not query.startswith("page=2;"):
        assert body.startswith(b"GET /?page=2 HTTP/1.1")
    assert b"&" not in target


@pytest.mark.parametrize("query", ["page=%00", "page=1%00", "v=a%00b", "utm=1&p%61ge=%00"])
def test_a_null_in_a_query_makes_no_second_copy_and_keeps_no_page_from_the_cache(
    cached, renderer, query
):
    ask(cached, "/")

    assert ask(cached, f"/?{query}")[0].status == 400
    assert ask(cached, "/")[0].headers["cache-status"] == "dateline; hit"
    assert len(renderer.asked) == 1


@pytest.mark.parametrize(
    "host", ["post.localhost:80@evil.test", "post.localhost, evil.test", "post.localhost/evil",
             "evil.test#post.localhost", "post.localhost:99999999", "post_localhost", "[::1", "*"]
)  # fmt: skip
def test_a_host_that_is_none_is_refused(cached, renderer, edge, say, host):
    ask(cached, "/")

    answer = say(cached, f"GET / HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())

    assert answer.startswith(b"HTTP/1.1 400 ")
    assert len(renderer.asked) == 1


def test_each_host_and_port_is_a_site_of_its_own(cached, renderer, edge):
    renderer.answers = [echo(edge)]
    hosts = ["a.test", "a.test.", "a.test:80", "a.test:81", "xa.test", "a.tes", "localhost"]

    bodies = {ask(cached, "/t", host=host)[1] for host in hosts}

    assert len(bodies) == len(hosts)
    assert all(ask(cached, "/t", host=host)[1] in bodies for host in hosts)


def test_no_two_requests_share_a_key_unless_they_ask_for_the_same():
    """Lengths are part of the key: nothing moves from the host into the path."""
    hosts = [b"a", b"a/", b"ab", b"b"]
    paths = [b"/", b"/b", b"//", b"/b/"]
    query = [b"", b"page=1", b"page=", b"page=1%26v%3D2", b"page=1&v=2"]

    keys = {Wanted.of(*one).key for one in itertools.product(hosts, paths, query)}

    assert len(keys) == len(hosts) * len(paths) * len(query)


def test_a_reply_of_a_renderer_to_someone_else_can_never_be_taken_for_a_fill(
    cached, renderer, edge
):
    """Only an answer to the front's own canonical request is stored, whatever its fields say."""
    renderer.answers = [edge.page("theirs")]

    ask(cached, "/", method="POST", body="a=1")
    ask(cached, "/", range="bytes=0-1")
    ask(cached, "/", method="OPTIONS")

    assert queries.open_store(edge.directory.parent / "other", size_mb=16, release="x")
    renderer.answers = [edge.page("first stored")]
    assert ask(cached, "/")[1] == b"first stored"


def echo(edge):
    """A careless view that shows all it was asked, and calls that shared."""

    def answer(connection):
        head = answer.renderer.now.head
        text = re.sub(rb"x-dateline-token: [^\r]+", b"", head).decode("latin-1")
        edge.page(text, headers="Content-Type: text/plain\r\n")(connection)

    answer.renderer = echo.renderer
    return answer


# They mean something to HTTP itself; tests of their own are above and in test_protocol.
READ_OTHERWISE = {"content-length", "transfer-encoding", "host", "expect", "connection", "upgrade",
                  "content-range", "range", "authorization", "if-none-match"}  # fmt: skip


def sent(port, path, names):
    """A request with these names as they are, underscores too; its whole answer."""
    fields = "".join(f"{name}: {VALUE}\r\n" for name in names)
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        head = f"GET {path} HTTP/1.1\r\nHost: post.localhost\r\nConnection: close\r\n"
        connection.sendall(f"{head}{fields}\r\n".encode())
        answer = connection.makefile("rb").read()
    assert answer.startswith(b"HTTP/1.1 200 OK"), answer
    return answer


def without_age(answered):
    response, body = answered
    moving = {"age", "date", "cache-status"}
    return (
        response.status,
        sorted((k, v) for k, v in response.getheaders() if k not in moving),
        body,
    )


@pytest.fixture(autouse=True)
def _known_renderer(renderer):
    echo.renderer = renderer
    assert set("".join(NAMES)) <= {*string.ascii_lowercase, *string.digits, "-", "_"}
    assert heads.FILL_HEADER.startswith(heads.SPOOFABLE_PREFIXES)
