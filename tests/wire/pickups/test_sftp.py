"""Files from a real SSH server: the one that is known, and with a key of ours."""

import os
import socket
import threading

import paramiko
import pytest

from dateline.wire.adapters.pickups import sftp as adapter
from dateline.wire.domain import pickups
from dateline.wire.domain.pickups import Away, Kind, Place, parts_of
from tests.wire.pickups.servers import SSHD, Sshd
from tests.wire.pickups.slow import Slow

pytestmark = [
    pytest.mark.stack,
    pytest.mark.skipif(not SSHD.exists(), reason="OpenSSH's server is not here"),
]


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    made = Sshd(tmp_path_factory.mktemp("sshd"))
    yield made
    made.stop()


@pytest.fixture
def visit(server):
    def look(
        cursor=None, *, folder="", told=None, secret=server.key, host_key=server.host_key, **options
    ):
        address = f"sftp://127.0.0.1:{options.pop('port', server.port)}/{folder}"
        place = Place(
            kind=Kind.SFTP, parts=parts_of(Kind.SFTP, address), user=server.user.pw_name,
            secret=secret, options={"host_key": host_key, **options}, private_allowed=True,
        )  # fmt: skip
        came, at = [], cursor or {}
        for one in adapter.files(place, at):
            if one.data is not None:
                came.append((one.name, one.data.read()))
            if one.refusal and told is not None:
                told.append(one.refusal)
            at = one.cursor
        return came, at

    return look


def test_files_come_when_they_are_whole_and_once(server, visit):
    server.put("day/a.xml", b"A" * 70_000)
    path = server.put("day/deep/b.xml", b"B")
    os.utime(path, (1, 1))
    server.put("day/.hidden/c.xml", b"C")
    (server.files / "day/link.xml").symlink_to("/etc/passwd")
    first, cursor = visit(folder="files/day")
    second, cursor = visit(cursor, folder="files/day")
    third, _ = visit(cursor, folder="files/day")

    assert (first, third) == ([], [])
    assert second == [("deep/b.xml", b"B"), ("a.xml", b"A" * 70_000)]


def test_what_was_taken_is_removed_where_it_may_be(server, visit):
    path = server.put("gone/a.xml", b"A")
    _, cursor = visit(folder="files/gone", remove=True)
    came, _ = visit(cursor, folder="files/gone", remove=True)

    assert came == [("a.xml", b"A")]
    assert not path.exists()


def test_a_file_that_changes_between_two_steps_is_left(server, visit, monkeypatch):
    server.put("moving/a.xml", b"A")
    _, cursor = visit(folder="files/moving", remove=True)
    whole = adapter.shelf.Memory.whole
    monkeypatch.setattr(
        adapter.shelf.Memory, "whole",
        lambda memory, lying: [server.put("moving/a.xml", b"AAA") and one for one in whole(memory, lying)],
    )  # fmt: skip
    assert visit(cursor, folder="files/moving", remove=True)[0] == []


def test_a_file_that_was_put_in_its_place_meanwhile_is_not_removed(server, visit, monkeypatch):
    path = server.put("newer/a.xml", b"A")
    _, cursor = visit(folder="files/newer", remove=True)
    remove = adapter.Folder.remove

    def replaced(shelf, one):
        server.put("newer/a.xml", b"newer")
        remove(shelf, one)

    monkeypatch.setattr(adapter.Folder, "remove", replaced)
    assert visit(cursor, folder="files/newer", remove=True)[0] == [("a.xml", b"A")]
    assert path.read_bytes() == b"newer"


def test_a_file_that_goes_between_two_steps_is_left(server, visit, monkeypatch):
    path = server.put("going/a.xml", b"A")
    _, cursor = visit(folder="files/going")
    whole = adapter.shelf.Memory.whole

    def take_away(memory, lying):
        found = whole(memory, lying)
        path.unlink()
        return found

    monkeypatch.setattr(adapter.shelf.Memory, "whole", take_away)
    assert visit(cursor, folder="files/going")[0] == []


def test_what_cannot_be_read_is_told_and_the_others_come(server, visit):
    server.put("shut/a.xml", b"A").chmod(0)
    server.put("shut/b.xml", b"B")
    server.put("shut/day/c.xml", b"C").parent.chmod(0)
    told = []
    _, cursor = visit(folder="files/shut")
    came, _ = visit(cursor, folder="files/shut", told=told)

    assert came == [("b.xml", b"B")]
    assert told[0] == "The folder day cannot be read: there is no right to."
    assert "a.xml: [Errno 13] Permission denied" in told[1]


def test_where_nothing_may_be_removed_every_file_comes(server, visit):
    for name in ("kept/a.xml", "kept/b.xml"):
        path = server.put(name, name.encode())
    path.parent.chmod(0o555)
    told = []
    _, cursor = visit(folder="files/kept", remove=True)
    came, _ = visit(cursor, folder="files/kept", remove=True, told=told)

    assert [name for name, _ in came] == ["a.xml", "b.xml"]
    assert "a.xml: [Errno 13] Permission denied" in told[0]


def test_a_file_that_goes_before_it_is_removed_is_nobodys_trouble(server, visit, monkeypatch):
    path = server.put("off/a.xml", b"A")
    _, cursor = visit(folder="files/off", remove=True)
    remove = adapter.Folder.remove

    def gone(shelf, one):
        path.unlink()
        remove(shelf, one)

    monkeypatch.setattr(adapter.Folder, "remove", gone)
    told = []
    assert visit(cursor, folder="files/off", remove=True, told=told)[0] == [("a.xml", b"A")]
    assert told == []


def test_a_name_in_latin_1_is_told_and_the_others_come(server, visit):
    folder = server.put("names/b.xml", b"B").parent
    (folder / os.fsdecode(b"caf\xe9.xml")).write_bytes(b"C")
    told = []
    _, cursor = visit(folder="files/names")
    came, _ = visit(cursor, folder="files/names", told=told)

    assert came == [("b.xml", b"B")]
    assert told == ["caf?.xml has a name that is not UTF-8. It was left where it is."]


def test_a_list_of_nothing_is_no_list():
    """A server may say that a thousand million names follow, and end there."""
    with pytest.raises(paramiko.SSHException, match="files without names"):
        adapter._Entry(paramiko.Message(b""))


@pytest.mark.parametrize(
    ("how", "problem"),
    [
        ({"host_key": "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAA"}, "shows another key than"),
        ({"host_key": "ssh-rsa AAAA"}, "127.0.0.1"),
        ({"secret": "-----BEGIN NONSENSE-----"}, "private key cannot be read"),
        ({"secret": "a password"}, "does not let .* in|Bad authentication type"),
        ({"folder": "files/none"}, "No such file"),
    ],
)
def test_a_server_that_does_not_show_its_files_is_told_in_a_sentence(visit, how, problem):
    with pytest.raises(Away, match=problem):
        visit(**how)


def test_nobody_at_home_is_told(visit):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

    with pytest.raises(Away, match="refused"):
        visit(port=port)


def test_this_machine_is_not_asked_where_only_public_addresses_may_be(server):
    parts = parts_of(Kind.SFTP, f"sftp://127.0.0.1:{server.port}/")

    with pytest.raises(Away, match="no public address"):
        list(adapter.files(Place(kind=Kind.SFTP, parts=parts), {}))


class _Door(paramiko.ServerInterface):
    """A server that takes passwords; OpenSSH would ask the machine's own accounts."""

    def check_auth_password(self, username, password):
        fits = (username, password) == ("kna", "s3cret")
        return paramiko.AUTH_SUCCESSFUL if fits else paramiko.AUTH_FAILED

    def get_allowed_auths(self, username):
        return "password"

    def check_channel_request(self, kind, number):
        return paramiko.OPEN_SUCCEEDED


class _Files(paramiko.SFTPServerInterface):
    def list_folder(self, path):
        return []


@pytest.fixture
def with_passwords():
    key = paramiko.ECDSAKey.generate()
    with socket.create_server(("127.0.0.1", 0)) as listener:
        transports = []

        def serve():
            line, _ = listener.accept()
            transport = paramiko.Transport(line)
            transport.add_server_key(key)
            transport.set_subsystem_handler("sftp", paramiko.SFTPServer, _Files)
            transport.start_server(server=_Door())
            transports.append(transport)

        thread = threading.Thread(target=serve)
        thread.start()
        yield listener.getsockname()[1], f"{key.get_name()} {key.get_base64()}"
        thread.join()
        for transport in transports:
            transport.close()


def password_place(port, host_key, secret):
    return Place(
        kind=Kind.SFTP, parts=parts_of(Kind.SFTP, f"sftp://127.0.0.1:{port}/"), user="kna",
        secret=secret, options={"host_key": host_key}, private_allowed=True,
    )  # fmt: skip


def test_a_password_opens_where_a_server_takes_one(with_passwords):
    place = password_place(*with_passwords, "s3cret")

    assert [one.cursor for one in adapter.files(place, {})] == [{"files": {}}]


def test_a_wrong_password_is_told(with_passwords):
    with pytest.raises(Away, match="does not let kna in"):
        list(adapter.files(password_place(*with_passwords, "wrong"), {}))


def test_a_key_that_was_pasted_with_a_line_before_it_is_a_key(visit, server):
    assert visit(secret=pickups.secret_of("\n\n" + server.key + "\n"))[1]


@pytest.mark.parametrize(
    "begins",
    [b"", b"SSH-2.0-slow\r\n\x00\x00\x3f\xfc"],
    ids=["no greeting", "no end of the keys"],
)
def test_a_server_that_drips_is_given_up_after_a_while(visit, monkeypatch, begins):
    monkeypatch.setattr(adapter, "VISIT_S", 0.3)

    with Slow(begins) as slow, pytest.raises(Away, match=r"took longer than 0\.3 seconds"):
        visit(port=slow.port)


@pytest.mark.parametrize("step", ["check_channel_request", "check_channel_subsystem_request"])
def test_a_server_that_lets_us_in_and_says_nothing_is_given_up(with_passwords, monkeypatch, step):
    monkeypatch.setattr(adapter, "VISIT_S", 0.7)
    over = threading.Event()
    monkeypatch.setattr(_Door, step, lambda *_: over.wait(5), raising=False)

    with pytest.raises(Away, match=r"took longer than 0\.7 seconds"):
        list(adapter.files(password_place(*with_passwords, "s3cret"), {}))
    over.set()


def test_a_line_that_breaks_ends_the_visit(server, visit, monkeypatch):
    for name in ("cut/a.xml", "cut/b.xml"):
        server.put(name, b"A")
    _, cursor = visit(folder="files/cut")
    take = adapter.Folder.open

    def cut(folder, one):
        folder.talk.get_channel().close()
        return take(folder, one)

    monkeypatch.setattr(adapter.Folder, "open", cut)
    with pytest.raises(Away, match=r"127\.0\.0\.1: "):
        visit(cursor, folder="files/cut")


def test_keys_of_each_kind_are_read_and_no_other():
    made = [paramiko.RSAKey.generate(2048), paramiko.ECDSAKey.generate()]
    for key in made:
        held = adapter.StringIO()
        key.write_private_key(held)
        assert adapter._key_of(held.getvalue()).get_base64() == key.get_base64()
