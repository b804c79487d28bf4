"""`dateline serve` as one process tree: starts, restarts, reloads, stops, and dies whole."""

import os
import signal
import socket
import sqlite3
import threading
from pathlib import Path

import pytest

from dateline.edge.queries import EdgeUnavailable
from dateline.project import serve
from dateline.project.config import Config
from dateline.project.serve import CannotServe, answers, listen, only_one
from dateline.project.supervisor import Child
from tests.project.conftest import all_gone, dateline, wait_until


@pytest.mark.stack
def test_it_serves_and_every_process_may_be_killed(installation, start):
    """Two starts for many questions: starting costs seconds, asking none."""
    network = start(installation).wait_ready()

    says_where_to_go(network)
    routes_by_host(network)
    refuses_what_is_ambiguous(network)
    static_files_have_etag_and_range(network)
    answers_only_the_front(network)
    says_it_is_in_use(installation, network)
    survives_a_killed_render_worker(network)
    survives_a_killed_front(network)
    survives_a_killed_granian(network)
    survives_a_killed_worker(network)
    network = dies_whole_and_starts_again(network, installation, start)
    loads_new_code_without_a_lost_request(network)
    stops_cleanly(network, installation)


def says_where_to_go(network):
    assert f"  Desk      http://desk.localhost:{network.port}/" in network.said()


def routes_by_host(network):
    assert network.ask("/")[0].status == 200
    assert network.ask("/", host="nowhere.test")[0].status == 421
    assert network.ask("/", host="desk.localhost")[0].headers["location"].startswith("/login/")
    assert network.ask("/login/", host="desk.localhost")[0].status == 302
    assert network.ask("/login/", host="account.localhost")[0].status == 200
    assert network.ask("/login/")[0].status == 404


def refuses_what_is_ambiguous(network):
    assert network.ask("/login%2f", host="desk.localhost")[0].status == 400
    assert network.ask("/login;x/", host="desk.localhost")[0].status == 400


def static_files_have_etag_and_range(network):
    page = network.ask("/login/", host="account.localhost")[1].decode()
    address = page.partition('href="/static/')[2].partition('"')[0]
    response, whole = network.ask(f"/static/{address}", host="desk.localhost")
    assert "immutable" in response.headers["cache-control"]
    tag = response.headers["etag"]

    same, nothing = network.ask(f"/static/{address}", **{"If-None-Match": tag})
    part, ten = network.ask(f"/static/{address}", Range="bytes=5-14")
    beyond, _ = network.ask(f"/static/{address}", Range="bytes=99999999-")

    assert (same.status, nothing) == (304, b"")
    assert (part.status, ten) == (206, whole[5:15])
    assert part.headers["content-range"] == f"bytes 5-14/{len(whole)}"
    assert beyond.status == 416


def answers_only_the_front(network):
    with socket.socket(socket.AF_UNIX) as direct:
        direct.connect(f"{run_dir(network)}/render.sock")
        direct.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        assert direct.recv(100).startswith(b"HTTP/1.1 403")


def survives_a_killed_render_worker(network):
    (worker,) = network.workers()

    os.kill(worker, signal.SIGKILL)

    # Granian looks for dead workers every few seconds; the front waits, a loaded machine longer.
    network.wait_for_page()
    assert network.workers() != [worker]


def survives_a_killed_granian(network):
    """Its workers would live on and answer with old code; they must go with it."""
    main, workers = network.pid_of("render"), network.workers()

    os.kill(main, signal.SIGKILL)

    all_gone([main, *workers])
    network.wait_for_page()
    assert network.pid_of("render") != main
    assert "ended" in network.said()


def survives_a_killed_front(network):
    front = network.pid_of("front")

    os.kill(front, signal.SIGKILL)

    assert network.ask("/")[0].status == 200
    assert network.pid_of("front") != front


def survives_a_killed_worker(network):
    worker = network.pid_of("worker")

    os.kill(worker, signal.SIGKILL)

    wait_until(lambda: network.pid_of("worker") != worker)


def test_so_many_fronts_share_the_port():
    with socket.socket() as listener:
        names = [child.name for child in serve._children(listener, 3)]

    assert names == ["front", "front-2", "front-3", "render", "worker"]


@pytest.mark.parametrize(
    ("count", "names"), [(0, []), (1, ["sender"]), (2, ["sender", "sender-2"])]
)
def test_so_many_senders_run_beside_them(count, names):
    made = serve._senders(count)

    assert [child.name for child in made] == names
    assert all(child.command == ("-m", "dateline", "mail", "send") for child in made)


def test_a_reload_goes_on_where_the_counters_cannot_be_used(monkeypatch, logged):
    def unavailable(*_, **__):
        raise EdgeUnavailable("the counters are locked")

    monkeypatch.setattr(serve.edge, "purge", unavailable)

    serve._forget_pages()

    assert "the counters are locked" in logged()


def loads_new_code_without_a_lost_request(network):
    before, workers = network.pid_of("render"), network.workers()
    said = []

    def front_page():
        response, _ = network.ask("/")
        assert response.status == 200
        said.append(response.headers["cache-status"])
        return said[-1]

    wait_until(lambda: front_page() == "dateline; hit")

    network.process.send_signal(signal.SIGHUP)

    wait_until(lambda: front_page() and network.pid_of("render") != before)
    all_gone([before, *workers])
    # The old code's pages are made again: when the new code took over, or when the old one ended.
    wait_until(lambda: front_page() and "dateline; fwd=stale; stored" in said)


def stops_cleanly(network, installation):
    everything, folder = network.everything(), run_dir(network)
    assert len(everything) >= 4

    assert network.stop() == 0

    all_gone(everything)
    assert "stopped" in network.said()
    assert not Path(folder).exists()
    with sqlite3.connect(installation / "dateline.sqlite3") as database:
        assert database.execute("SELECT count(*) FROM project_tickerlease").fetchone() == (0,)


def dies_whole_and_starts_again(first, installation, start):
    """Nothing may outlive a supervisor that was killed, nor keep its port or sockets busy."""
    everything, folder = first.everything(), run_dir(first)
    assert len(everything) >= 4

    first.process.kill()

    all_gone(everything)
    second = start(installation, PORT=first.port).wait_ready()
    assert second.port == first.port
    assert second.ask("/")[0].status == 200
    assert run_dir(second) != folder
    assert not Path(folder).exists()
    return second


def says_it_is_in_use(installation, running):
    config = Config(data_dir=installation)
    with pytest.raises(CannotServe) as refused, only_one(config):
        pass
    pid = running.process.pid
    assert str(refused.value).startswith(
        f"dateline.E021: {installation} is in use by process {pid}. Stop it first"
    )


@pytest.mark.stack
def test_it_refuses_to_start_on_nothing_and_says_what_to_do(tmp_path):
    refused = dateline(tmp_path / "var", "serve")

    assert refused.returncode == 1
    assert "dateline.E008: there is no signing key" in refused.stderr
    assert "Run `dateline upgrade`, which makes a backup first." in refused.stderr
    assert "Traceback" not in refused.stderr


@pytest.mark.django_db
def test_a_process_that_never_starts_ends_the_attempt(tmp_path, monkeypatch):
    config = Config(data_dir=tmp_path / "var", port=0)
    config.ensure_secret_key()
    left_over = tmp_path / "left-over"
    left_over.mkdir()
    (config.data_dir / "serve.run").write_text(str(left_over))
    children = [Child("front", ("-c", "raise SystemExit(3)"))]
    monkeypatch.setattr(serve, "_children", lambda *_: children)
    monkeypatch.setattr(serve.statics, "collect_if_changed", lambda: True)

    with pytest.raises(
        CannotServe, match=r"^The front process ended 3 times \(last with exit code 3"
    ):
        serve.run(config)

    assert not left_over.exists()
    assert not (config.data_dir / "serve.run").exists()


def test_a_port_that_is_taken_is_named():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(CannotServe) as refused:
            listen("127.0.0.1", port)

    assert str(refused.value).startswith(
        f"dateline.E020: port {port} on 127.0.0.1 cannot be opened: Address already in use."
    )


@pytest.mark.parametrize(
    ("bind", "family"),
    [("::1", socket.AF_INET6), ("0.0.0.0", socket.AF_INET)],  # noqa: S104 - closed at once
)
def test_any_address_may_be_listened_on_and_is_asked_on_loopback(bind, family):
    with listen(bind, 0) as listener:
        config = Config(bind=bind, port=listener.getsockname()[1])
        assert listener.family == family

        def answer():
            with listener.accept()[0] as connection:
                connection.recv(1000)
                connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")

        thread = threading.Thread(target=answer)
        thread.start()
        assert answers(config, timeout_s=5)
        thread.join()
    assert not answers(config)


def test_a_data_folder_is_held_by_one_and_let_go(tmp_path):
    config = Config(data_dir=tmp_path / "new")

    with only_one(config):
        pass
    with (
        only_one(config),
        pytest.raises(CannotServe, match=r"is in use by process"),
        only_one(config),
    ):
        pass


def run_dir(network):
    data_dir = network.log.parent / "var"
    return (data_dir / "serve.run").read_text()
