"""One connection: opened as the route wants it, and truthful about what left through it."""

import socket
import ssl
import struct
import subprocess
import threading
import time
from contextlib import contextmanager

import pytest

from dateline.mail.adapters import greeting, pool, smtp
from dateline.mail.adapters.greeting import Route, RouteTrouble, opened
from dateline.mail.adapters.one_by_one import OneByOne
from dateline.mail.domain.replies import NoReply, Reply, Step, read_replies

HELLO = "EHLO dateline.test"


@contextmanager
def scripted(*talk, certificate=None, tls_from=None):
    """A server that expects each odd line and says each even one; then it hangs up."""
    listener = socket.create_server(("127.0.0.1", 0))
    heard = []

    def serve():
        line, _ = listener.accept()
        file = line.makefile("rb")
        for number, (expected, said) in enumerate(zip(talk[1::2], talk[2::2], strict=True)):
            if not number:
                line.sendall(f"{talk[0]}\r\n".encode())
            got = file.readline().decode().strip()
            heard.append(got)
            if got != expected:
                break  # hangs up
            line.sendall(f"{said}\r\n".encode())
            if tls_from == number:
                line = certificate.wrap_socket(line, server_side=True)
                file = line.makefile("rb")
        else:
            file.readline()
        line.close()

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield listener.getsockname()[1], heard
    listener.close()
    thread.join(5)


def route(port, **given):
    return Route("127.0.0.1", port, "dateline.test", patience_s=2.0, **given)


@pytest.mark.parametrize(
    ("offer", "talk"),
    [
        ("250-here\r\n250 AUTH LOGIN PLAIN", ["AUTH PLAIN AGFuYQBzM2NyZXQ=", "235 welcome"]),
        (
            "250-here\r\n250-AUTH LOGIN\r\n250 PIPELINING",
            ["AUTH LOGIN", "334 VXNlcm5hbWU6", "YW5h", "334 UGFzc3dvcmQ6", "czNjcmV0", "235 yes"],
        ),
    ],
)
def test_it_logs_in_as_the_server_wants(offer, talk):
    with scripted("220 hi", HELLO, offer, *talk) as (port, _):
        sock, pipelining = opened(route(port, user="ana", password="s3cret"))

    sock.close()
    assert pipelining == ("PIPELINING" in offer)


def test_an_old_server_is_greeted_in_the_old_way():
    with scripted("220 hi", HELLO, "502 what?", "HELO dateline.test", "250 hello") as (port, _):
        sock, pipelining = opened(route(port))

    sock.close()
    assert not pipelining


@pytest.mark.parametrize(
    ("talk", "given", "message"),
    [
        (["554 not you", HELLO, "250 x"], {}, "The server said: 554 not you"),
        (["220 hi", HELLO, "250 here"], {"user": "ana"}, "The server offers no log-in"),
        (
            ["220 hi", HELLO, "250 AUTH PLAIN", "AUTH PLAIN AGFuYQA=", "535 5.7.8 wrong"],
            {"user": "ana"}, "The server said: 535 5.7.8 wrong",
        ),
        (["220 hi", HELLO, "250 x", "STARTTLS", "454 no"], {"starttls": True}, "454 no"),
        (
            ["220 hi", HELLO, "250 x", "STARTTLS", "220 go\r\n250 injected"],
            {"starttls": True}, "The server spoke on after STARTTLS.",
        ),
        (["hello", HELLO, "250 x"], {}, "The mail server said b'hello"),
        (["220 hi", "HELO", "250 no"], {}, "The server closed the connection."),
    ],
)  # fmt: skip
def test_it_says_why_a_route_cannot_be_used(talk, given, message):
    with scripted(*talk) as (port, _), pytest.raises(RouteTrouble) as trouble:
        opened(route(port, **given))

    assert str(trouble.value).startswith(f"127.0.0.1:{port}: ")
    assert message in str(trouble.value)


def test_nobody_there_is_trouble_too():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]

    with pytest.raises(RouteTrouble, match="refused"):
        opened(route(port))


@pytest.fixture
def certificate(tmp_path, monkeypatch):
    names = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"]
    files = ["-keyout", str(tmp_path / "key"), "-out", str(tmp_path / "cert")]
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", *names, *files],
        check=True, capture_output=True,
    )  # fmt: skip
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.load_cert_chain(tmp_path / "cert", tmp_path / "key")
    usual = ssl.create_default_context
    monkeypatch.setattr(
        greeting.ssl, "create_default_context", lambda: usual(cafile=str(tmp_path / "cert"))
    )
    return made


def test_it_goes_over_to_tls_and_carries_mail_there(certificate):
    talk = [
        "220 hi", HELLO, "250 STARTTLS", "STARTTLS", "220 go", HELLO, "250 PIPELINING",
        "MAIL FROM:<b@x.test>", "250 a\r\n250 b\r\n354 c",
    ]  # fmt: skip
    with scripted(*talk, certificate=certificate, tls_from=1) as (port, heard):
        sock, pipelining = opened(route(port, starttls=True))
        assert isinstance(sock, ssl.SSLSocket)
        assert pipelining
        desk = Desk(Mail(1))
        line = smtp.Connection(sock, desk, pipelining=True, patience_s=2.0)
        line.offer()
        until(lambda: (line.on_readable(), desk.handed)[1])
        until(lambda: (line.on_readable(), not line.is_open)[1])

    assert heard[-1] == "MAIL FROM:<b@x.test>"
    assert desk.told == [("lost", 1, True)]


def test_tls_from_the_first_octet(certificate):
    listener = socket.create_server(("127.0.0.1", 0))

    def serve():
        line, _ = listener.accept()
        line = certificate.wrap_socket(line, server_side=True)
        line.sendall(b"220 hi\r\n")
        line.recv(99)
        line.sendall(b"250 here\r\n")
        line.recv(99)
        line.close()

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    sock, _ = opened(route(listener.getsockname()[1], tls=True))
    sock.close()
    listener.close()
    thread.join(5)
    assert isinstance(sock, ssl.SSLSocket)


class Mail:
    """One mail, known by its number."""

    envelope = (b"MAIL FROM:<b@x.test>\r\n", b"RCPT TO:<a@x.test>\r\n")

    def __init__(self, number, size=10):
        self.number, self.size = number, size


class Desk:
    """Gives out what it was made with, and notes what it hears."""

    has_mail = True

    def __init__(self, *mails, withdrawn=()):
        self.mails, self.told, self.handed, self.withdrawn = [*mails], [], [], withdrawn

    def next(self):
        return self.mails.pop(0) if self.mails else None

    def hand(self, mail):
        if mail.number in self.withdrawn:
            return None
        self.handed.append(mail.number)
        return b"x" * mail.size + b"\r\n"

    def answered(self, mail, step, reply):
        self.told.append((step, mail.number, reply.code))

    def lost(self, mail, *, in_doubt):
        self.told.append(("lost", mail.number, in_doubt))


def until(true):
    deadline = time.monotonic() + 10
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.001)


@pytest.fixture
def pair():
    ours, theirs = socket.socketpair()
    yield ours, theirs
    ours.close()
    theirs.close()


def connected(pair, desk, **given):
    return smtp.Connection(pair[0], desk, **{"pipelining": True, "patience_s": 5.0, **given})


def test_a_mail_whose_end_never_left_this_machine_is_not_in_doubt(pair):
    desk = Desk(Mail(1, size=8_000_000))
    line = connected(pair, desk)
    line.offer()
    pair[1].sendall(b"250 a\r\n250 b\r\n354 go\r\n")
    line.on_readable()
    assert line.wants_to_write
    line.on_writable()  # there is no room
    pair[1].close()
    line.on_writable()
    line.close()

    assert desk.told == [("lost", 1, False)]


def test_a_mail_that_has_left_whole_is_in_doubt_and_the_next_one_is_not(pair):
    desk = Desk(Mail(1), Mail(2))
    line = connected(pair, desk)
    line.offer()
    pair[1].sendall(b"250 a\r\n250 b\r\n354 go\r\n")
    line.on_readable()
    assert line.used_at <= time.monotonic()
    line.look_at_clock(time.monotonic() + 24)  # five times as long after the dot
    assert line.is_open
    line.look_at_clock(time.monotonic() + 26)

    assert not line.is_open
    assert desk.told == [("lost", 1, True), ("lost", 2, False)]


def test_when_all_is_well_a_turn_is_one_read_and_one_write(pair):
    desk = Desk(*(Mail(number) for number in range(1, 4)))
    line = connected(pair, desk)
    line.offer()
    pair[1].sendall(b"250 a\r\n250 b\r\n354 go\r\n")
    line.on_readable()
    pair[1].recv(9999)
    for said in (
        b"250 kept\r\n250 a\r\n250 b\r\n354 go\r\n",
        b"250 x\r\n250 y\r\n550 b\r\n354 go\r\n",
    ):
        pair[1].sendall(said)
        line.on_readable()

    assert desk.told == [(Step.DOT, 1, 250), (Step.DOT, 2, 250), (Step.RCPT, 3, 550)]
    assert desk.handed == [1, 2]
    assert line.taken == 2
    pair[1].sendall(b"250 nobody got it\r\n250 more than was asked\r\n")
    line.on_readable()
    assert not line.is_open


def test_one_that_was_withdrawn_is_not_handed_over(pair):
    desk = Desk(Mail(1), withdrawn={1})
    line = connected(pair, desk)
    line.offer()
    pair[1].sendall(b"250 a\r\n250 b\r\n354 go\r\n")
    line.on_readable()

    assert not line.is_open
    assert desk.told == [("lost", 1, False)]
    assert desk.handed == []


def test_a_sender_that_is_refused_and_then_let_through_sends_nothing(pair):
    desk = Desk(Mail(1))
    line = connected(pair, desk)
    line.offer()
    pair[1].sendall(b"550 not you\r\n250 b\r\n354 go\r\n")
    line.on_readable()

    assert not line.is_open
    assert desk.told == [(Step.MAIL, 1, 550)]


def test_who_says_goodbye_unasked_is_believed(pair):
    desk = Desk()
    line = connected(pair, desk)
    assert not line.offer()
    line.on_readable()  # nothing came yet
    pair[1].sendall(b"421 bye\r\n")
    line.on_readable()
    line.quit()

    assert not line.is_open
    assert desk.told == []


def test_a_reset_is_the_end(pair):
    desk = Desk(Mail(1))
    line = connected(pair, desk)
    pair[1].close()
    line.offer()

    assert not line.is_open
    assert desk.told == [("lost", 1, False)]


def test_a_reset_from_afar_is_the_end_too():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        ours = socket.create_connection(listener.getsockname())
        theirs, _ = listener.accept()
    desk = Desk(Mail(1))
    line = smtp.Connection(ours, desk, pipelining=True, patience_s=5.0)
    line.offer()
    theirs.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    theirs.close()
    until(lambda: (line.on_readable(), not line.is_open)[1])

    assert desk.told == [("lost", 1, False)]


def test_one_by_one_too_a_withdrawn_mail_is_not_handed_over():
    desk = Desk(Mail(1), withdrawn={1})
    OneByOne(desk).turn(0.0)

    assert desk.told == [("lost", 1, False)]


def test_replies_come_in_any_pieces():
    whole = b"250-a\r\n250-b\r\n250 c\r\n354 go\r\n220"
    for cut in range(len(whole)):
        first, rest = read_replies(whole[:cut])
        second, left = read_replies(rest + whole[cut:])
        assert first + second == [Reply(250, "a b c"), Reply(354, "go")]
        assert left == b"220"


@pytest.mark.parametrize("said", [b"what?\r\n", b"99\r\n", b"250-" + b"x" * 9000])
def test_what_is_no_reply_is_none(said):
    with pytest.raises(NoReply):
        read_replies(said)


def test_idle_connections_are_closed_after_a_while(monkeypatch):
    talk = ["220 hi", HELLO, "250 PIPELINING"]
    with scripted(*talk) as (port, _):
        made = pool.Pool(route(port), 1, Desk())
        until(lambda: (made.turn(0.01), made.connections)[1])
        monkeypatch.setattr(pool, "WARM_S", 0.0)
        until(lambda: (made.turn(0.01), not made.connections)[1])
        made.desk.has_mail = False
        made.end()

    assert not made.trouble


def test_a_big_mail_leaves_bit_by_bit():
    listener = socket.create_server(("127.0.0.1", 0))
    got = []

    def serve():
        line, _ = listener.accept()
        file = line.makefile("rb")
        line.sendall(b"220 hi\r\n")
        for _, said in enumerate(("250 PIPELINING", "250 a", "250 b", "354 go")):
            file.readline()
            line.sendall(f"{said}\r\n".encode())
        until(lambda: made.connections[0].wants_to_write)
        got.append(sum(len(one) for one in iter(file.readline, b".\r\n")))
        line.sendall(b"250 kept\r\n")
        file.readline()
        line.close()

    thread = threading.Thread(target=serve, daemon=True)
    made = pool.Pool(route(listener.getsockname()[1]), 1, Desk(Mail(1, size=30_000_000)))
    thread.start()
    until(lambda: (made.turn(0.01), made.desk.told)[1])
    made.desk.has_mail = False
    made.end()
    listener.close()
    thread.join(5)

    assert got == [30_000_002]
    assert made.desk.told == [(Step.DOT, 1, 250)]
