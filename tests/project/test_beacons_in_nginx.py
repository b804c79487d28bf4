"""A real nginx with the files of deploy/ answers beacons, and every one of them is counted."""

import http.client
import os
import signal
import subprocess

import pytest

from dateline.trending.adapters.journal import Journal
from dateline.trending.services.collector import tell_sites
from dateline.trending.services.following import follow
from tests.project.conftest import wait_until
from tests.project.proxies import DEPLOY, free_port

pytestmark = pytest.mark.stack

LOG = "/var/log/nginx/dateline-beacons.log"
USUAL = {
    "Host": "post.example",
    "Origin": "https://post.example",
    "Sec-Fetch-Site": "same-origin",
    "User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0",
}


def test_each_beacon_is_answered_and_counted_once(nginx, following):
    answers = [nginx.send(story) for story in range(1, 201)]
    events = nginx.events_of(following, 200)

    assert {(answer.status, answer.headers["Cache-Control"]) for answer in answers} == {
        (204, "no-store")
    }
    assert sorted(event.story for event in events) == list(range(1, 201))
    assert len({event.visitor for event in events}) == 1


def test_who_asks_not_to_be_counted_leaves_no_line(nginx, following):
    for told in ({"Sec-GPC": "1"}, {"DNT": "1"}, {"Sec-GPC": "0", "DNT": "1"}):
        assert nginx.send(1, **told).status == 204
    nginx.send(2)

    assert [event.story for event in nginx.events_of(following, 1)] == [2]
    assert nginx.log.read_text().count("\n") == 1


def test_what_is_no_beacon_of_ours_is_dropped_by_the_same_rules(nginx, following):
    nginx.send(1, Origin="https://evil.example")
    nginx.send(2, **{"User-Agent": 'a "bot"\\'})
    nginx.send(3, **{"Sec-Purpose": "prefetch"})
    nginx.send(4, method="GET")
    nginx.send(5, body=b"x" * 600)
    nginx.send(6, body=b"x")
    nginx.send(7)

    assert [event.story for event in nginx.events_of(following, 7)] == [7]
    dropped = {why: count for why, count in following.collector.dropped.items() if count}
    assert dropped == {"forged": 1, "bot": 1, "prefetch": 1, "malformed": 1, "oversized": 2}


def test_no_line_is_lost_when_the_log_is_rotated(nginx, following):
    for story in range(1, 51):
        nginx.send(story)
    nginx.events_of(following, 50)
    nginx.log.rename(nginx.log.with_name(f"{nginx.log.name}.1"))
    for story in range(51, 101):
        nginx.send(story)
    nginx.process.send_signal(signal.SIGUSR1)
    wait_until(nginx.log.exists, 20, "a new log")
    for story in range(101, 151):
        nginx.send(story)

    events = nginx.events_of(following, 150)

    assert sorted(event.story for event in events) == list(range(1, 151))


class Nginx:
    """nginx with one server that holds the location of deploy/, and its log in `folder`."""

    def __init__(self, folder):
        self.port, self.log = free_port(), folder / "beacons.log"
        places = "".join(
            f"{what}_temp_path {folder}/{what};"
            for what in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        for name in ("beacons.conf", "beacons-location.conf"):
            text = (DEPLOY / "nginx" / name).read_text()
            (folder / name).write_text(text.replace(LOG, str(self.log)))
        (folder / "nginx.conf").write_text(
            f"{'user root root;' if os.getuid() == 0 else ''} daemon off; pid {folder}/pid;\n"
            f"error_log stderr; events {{}}\nhttp {{ {places} access_log off;\n"
            f"include {folder}/beacons.conf;\nserver {{ listen 127.0.0.1:{self.port};\n"
            f"include {folder}/beacons-location.conf;\n}} }}\n"
        )
        words = ["/usr/sbin/nginx", "-e", "stderr", "-p", str(folder), "-c", f"{folder}/nginx.conf"]
        self.process = subprocess.Popen(words, stderr=subprocess.PIPE)
        wait_until(self._answers, 30, "nginx")

    def _answers(self):
        assert self.process.poll() is None, self.process.stderr.read()
        try:
            return self.send(1, **{"Sec-GPC": "1"}).status == 204
        except ConnectionRefusedError:
            return False

    def send(self, story, *, method="POST", body=b"", **told):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            address = f"/b?1.{story}.1.1.0.0"
            connection.request(method, address, body=body, headers=USUAL | told)
            answer = connection.getresponse()
            answer.read()
            return answer
        finally:
            connection.close()

    def events_of(self, following, lines):
        """The journal, once so many lines in all were read: nginx writes them within a second."""
        collector = following.collector

        def all_read():
            following.step()
            return collector.taken + sum(collector.dropped.values()) >= lines

        wait_until(all_read, 20, f"{lines} lines")
        return Journal(collector.directory).read_from({})[0]

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.communicate(timeout=30)


@pytest.fixture
def nginx(tmp_path):
    folder = tmp_path / "nginx"
    folder.mkdir()
    running = Nginx(folder)
    yield running
    running.stop()


@pytest.fixture
def following(nginx, tmp_path):
    tell_sites(tmp_path, {"post.example": 7})
    made = follow(nginx.log, tmp_path, rate=10_000, group=lambda address: address)
    yield made
    made.collector.close()
