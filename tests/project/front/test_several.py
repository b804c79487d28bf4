"""Several fronts, each its own process, before one store and one port."""

import socket
import threading

import pytest

from tests.project.front.conftest import ask, wait_until

pytestmark = pytest.mark.stack


def test_fronts_share_pages_renders_and_figures(front_process, renderer, edge):
    """One start of two processes for many questions."""
    renderer.answers = [edge.page()]
    with front_process() as one, front_process() as other:
        finds_a_page_of_the_other(one, other, renderer, edge)
        renders_once_for_a_hundred_readers(one, other, renderer, edge)
        tells_the_figures_of_both(one, other)
        writes_the_access_log(one, edge)
        takes_over_when_one_dies(one, other, renderer, edge)


def finds_a_page_of_the_other(one, other, renderer, edge):
    renderer.answers = [edge.page("old"), edge.page("new")]
    ask(one.port, "/")
    assert ask(other.port, "/")[0].headers["cache-status"] == "dateline; hit"

    edge.purge("s:1")
    ask(one.port, "/")

    assert ask(other.port, "/")[1] == b"new"
    assert len(renderer.asked) == 2


def renders_once_for_a_hundred_readers(one, other, renderer, edge):
    go, before = threading.Event(), len(renderer.asked)

    def slow(connection):
        go.wait(10)
        edge.page("once")(connection)

    renderer.answers = [slow]
    lines = [socket.create_connection(("127.0.0.1", front.port)) for front in [one, other] * 50]
    for line in lines:
        line.sendall(b"GET /busy HTTP/1.1\r\nHost: post.localhost\r\nConnection: close\r\n\r\n")
    wait_until(lambda: len(renderer.asked) > before)
    go.set()
    answers = [line.makefile("rb").read() for line in lines]
    for line in lines:
        line.close()

    assert all(answer.endswith(b"once") for answer in answers)
    assert len(renderer.asked) == before + 1


def tells_the_figures_of_both(one, other):
    def hits():
        text = ask(one.port, "/metrics")[1].decode()
        return int(text.partition("\ndateline_front_hit_total ")[2].partition("\n")[0])

    before = hits()
    for _ in range(3):
        ask(other.port, "/")

    wait_until(lambda: hits() >= before + 3)


def writes_the_access_log(one, edge):
    ask(one.port, '/?utm="x"')

    log = edge.directory.parent / "access.log"
    wait_until(
        lambda: b'GET /?utm=%22x%22 HTTP/1.1" 200 3 post.localhost hit\n' in log.read_bytes()
    )


def takes_over_when_one_dies(one, other, renderer, edge):
    """A front that is killed while it renders holds its right to render for seconds at most."""
    go, before = threading.Event(), len(renderer.asked)

    def never(connection):
        go.wait(10)
        return "close"

    renderer.answers = [never, edge.page("after")]
    with socket.create_connection(("127.0.0.1", one.port)) as line:
        line.sendall(b"GET /dying HTTP/1.1\r\nHost: post.localhost\r\n\r\n")
        wait_until(lambda: len(renderer.asked) > before)
        one.process.kill()
        one.process.wait()

    assert ask(other.port, "/dying")[1] == b"after"
    go.set()
