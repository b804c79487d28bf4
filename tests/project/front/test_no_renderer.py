"""When no renderer answers: what may stand in, for how long one waits, and what never may."""

import shutil
import socket
import threading

import pytest

from dateline.edge.domain.verdict import Mode
from dateline.project.front import fill
from tests.project.front.conftest import PASS, Renderer, ask, page, then_die, wait_until

UNAVAILABLE = page("down", status="503 Service Unavailable")
STALE = "dateline; hit; detail=stale-if-error"


@pytest.mark.parametrize("status", ["502 Bad Gateway", "503 Service Unavailable", "504 Gateway"])
def test_the_old_page_stands_in_while_renderers_say_they_cannot(cached, renderer, edge, status):
    ask(cached, "/")
    renderer.answers = [page("down", status=status), edge.page("new")]

    edge.purge("s:1")
    response, body = ask(cached, "/")

    assert (response.status, body) == (200, b"<p>story")
    assert response.headers["cache-status"] == STALE
    assert ask(cached, "/")[1] == b"new"


def test_the_old_page_stands_in_while_renderers_die(cached, renderer, edge):
    ask(cached, "/")
    renderer.answers = [then_die(b"")]

    edge.purge("s:1")

    assert ask(cached, "/")[0].headers["cache-status"] == STALE


def test_the_old_page_stands_in_while_there_is_no_renderer_at_all(front_at, lone, edge):
    lone.answers = [edge.page(ttl=5), edge.page("new")]
    with front_at(edge=edge, fills={"patience_s": 0.1}) as port:
        ask(port, "/")
        lone.stop()
        edge.ahead_s = 6
        stale = [ask(port, "/")[0].headers["cache-status"] for _ in range(2)]
        unknown = ask(port, "/unknown")[0].status
        lone.start()
        fresh = ask(port, "/")[1]

    assert stale == [STALE, STALE]
    assert unknown == 502
    assert fresh == b"new"


def test_a_renderer_that_is_soon_back_makes_the_new_page(front_at, lone, edge):
    lone.answers = [edge.page("old"), edge.page("new")]
    with front_at(edge=edge, retry_for_s=10, fills={"patience_s": 10}) as port:
        ask(port, "/")
        lone.stop()
        edge.purge("s:1")
        answers = []
        waiting = threading.Thread(target=lambda: answers.append(ask(port, "/")[1]))
        waiting.start()
        lone.start()
        waiting.join()

    assert answers == [b"new"]


def test_a_page_that_is_only_too_old_waits_for_no_stuck_renderer(front_at, renderer, edge, stuck):
    renderer.answers = [edge.page("old", ttl=5), stuck, UNAVAILABLE, edge.page("new", ttl=5)]
    with front_at(edge=edge, fills={"patience_s": 0.1}) as port:
        ask(port, "/")
        edge.ahead_s = 6
        answers = [ask(port, "/") for _ in range(3)]
        stuck.over.set()
        wait_until(lambda: ask(port, "/")[1] == b"new")

    assert {body for _, body in answers} == {b"old"}
    assert {response.headers["cache-status"] for response, _ in answers} == {STALE}
    assert len(renderer.fills()) == 4


def test_while_fills_fail_a_page_that_is_only_too_old_waits_not_at_all(
    front_at, renderer, edge, stuck
):
    renderer.answers = [edge.page("old", ttl=5), UNAVAILABLE, stuck]
    with front_at(edge=edge, fills={"patience_s": 3600}) as port:
        ask(port, "/")
        edge.ahead_s = 6
        stale = [ask(port, "/")[0].headers["cache-status"] for _ in range(3)]
        stuck.over.set()

    assert stale == [STALE] * 3


def test_a_page_that_was_purged_waits_for_a_slow_renderer(front_at, renderer, edge, stuck):
    renderer.answers = [edge.page("old", ttl=5), UNAVAILABLE, stuck, edge.page("new")]
    with front_at(edge=edge, fills={"patience_s": 0.01}) as port:
        ask(port, "/")
        edge.purge("s:1")
        edge.ahead_s = 6
        assert ask(port, "/")[0].headers["cache-status"] == STALE
        answers = []
        waiting = threading.Thread(target=lambda: answers.append(ask(port, "/")[1]))
        waiting.start()
        wait_until(stuck.begun.is_set)
        waiting.join(0.1)
        assert waiting.is_alive()
        stuck.answer = renderer.answers[-1]
        stuck.over.set()
        waiting.join()

    assert answers == [b"new"]


def test_an_error_of_the_view_is_shown_and_no_old_page(cached, renderer, edge):
    ask(cached, "/")
    renderer.answers = [page("oops", status="500 Internal Server Error")]

    edge.purge("s:1")
    response, body = ask(cached, "/")

    assert (response.status, body) == (500, b"oops")


@pytest.mark.parametrize("why", ["killed", "its time is over", "killed while we wait"])
def test_what_is_gone_never_stands_in(cached, renderer, edge, why):
    renderer.answers = [edge.page("dead", closes=edge.clock() + 60)]
    ask(cached, "/")
    renderer.answers = [UNAVAILABLE]

    if why == "killed":
        edge.purge("s:1", mode=Mode.GONE)
    elif why == "its time is over":
        edge.ahead_s = 61
    else:
        edge.purge("s:1")

        def kill_then_fail(connection):
            edge.purge("s:1", mode=Mode.GONE)
            UNAVAILABLE(connection)

        renderer.answers = [kill_then_fail, UNAVAILABLE]

    response, body = ask(cached, "/")
    assert (response.status, body) == (503, b"down")


def test_a_soft_page_goes_on_while_its_refresh_fails_once_a_second(cached, renderer, edge):
    ask(cached, "/")
    renderer.answers = [UNAVAILABLE]

    edge.purge("s:1", mode=Mode.SOFT)
    edge.ahead_s = 10  # it may be made again
    answers = [ask(cached, "/")[0].headers["cache-status"] for _ in range(5)]

    assert set(answers) == {"dateline; hit; detail=refreshing"}
    assert len(renderer.fills()) <= 3


def test_an_error_is_remembered_as_not_shared_for_a_moment_only(
    cached, renderer, edge, monkeypatch
):
    monkeypatch.setattr(fill, "PASS_AFTER_ERROR_S", 0.05)
    oops = page("oops", status="500 Internal Server Error")
    renderer.answers = [oops, oops, edge.page("well")]

    assert ask(cached, "/")[0].status == 500

    wait_until(lambda: ask(cached, "/")[0].headers["cache-status"] == "dateline; hit")


def test_a_pass_is_remembered_for_seconds_only(cached, renderer, edge, monkeypatch):
    monkeypatch.setattr(fill, "PASS_S", 0.05)
    renderer.answers = [PASS, page("own"), edge.page("shared now")]

    assert ask(cached, "/")[1] == b"own"

    wait_until(lambda: ask(cached, "/")[0].headers["cache-status"] == "dateline; hit")


def test_any_number_of_personal_addresses_takes_little_memory(cached, renderer, monkeypatch):
    monkeypatch.setattr(fill, "PASSES_AT_MOST", 2)
    renderer.answers = [PASS]

    for path in "abcabc":
        ask(cached, f"/{path}")

    assert len(renderer.fills()) > 3  # some were forgotten, and asked again


def test_a_front_whose_store_is_full_or_damaged_goes_on(cached, renderer, edge):
    ask(cached, "/")
    for path in (edge.directory / "pages").rglob("data.mdb"):
        path.write_bytes(b"nonsense" * 1000)

    edge.purge("s:1")

    assert ask(cached, "/")[0].status == 200
    assert ask(cached, "/")[0].headers["cache-status"] == "dateline; hit"


def test_without_counters_every_page_is_rendered(cached, renderer, edge):
    ask(cached, "/")
    shutil.rmtree(edge.directory)
    edge.directory.write_text("a file where the folder should be")
    edge.ahead_s = 2

    answers = [ask(cached, "/")[0].headers["cache-status"] for _ in range(2)]

    assert answers == ["dateline; fwd=bypass"] * 2
    assert renderer.fills() == [renderer.asked[0][0]]


class Stuck:
    """An answer that comes when the test says so, as of a renderer whose database is locked."""

    def __init__(self):
        self.begun, self.over, self.answer = threading.Event(), threading.Event(), UNAVAILABLE

    def __call__(self, connection):
        self.begun.set()
        self.over.wait(60)
        return self.answer(connection)


class Lone:
    """A renderer that can be taken away and put back."""

    def __init__(self, path):
        self.path, self.answers = path, []
        self.start()

    def start(self):
        self.path.unlink(missing_ok=True)
        self.server = Renderer(self.path)
        self.server.answers = self.answers
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True)
        self.thread.start()

    def __setattr__(self, name, value):
        object.__setattr__(self, name, value)
        if name == "answers" and hasattr(self, "server"):
            self.server.answers = value

    def stop(self):
        """No more connections; those that are kept are cut."""
        self.server.shutdown()
        self.server.server_close()
        for line in self.server.lines:
            try:
                line.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue
        self.thread.join()
        self.answers = self.server.answers


@pytest.fixture
def stuck():
    answer = Stuck()
    yield answer
    answer.over.set()


@pytest.fixture
def lone(tmp_path):
    renderer = Lone(tmp_path / "r.sock")
    yield renderer
    renderer.stop()
