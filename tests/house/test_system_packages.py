"""What only Debian brings is installed, or named."""

import subprocess
import sys

import pytest

from tests.house import scripts

system_packages = scripts.load("system_packages")
SERVERS = ("nginx", "caddy", "openssl", "wrk", "smtp-sink")


def test_all_here_is_one_quiet_line(bare, monkeypatch, capsys):
    bare.add("chromium", "java", *SERVERS)
    bare.font()
    bare.postgres()

    assert system_packages.main() == 0
    assert capsys.readouterr().err == "system packages: all here\n"


@pytest.mark.parametrize(("ci", "status"), [("true", 1), ("", 0)])
def test_what_cannot_be_installed_is_named_and_fails_in_ci(bare, monkeypatch, capsys, ci, status):
    monkeypatch.setenv("CI", ci)
    bare.add("java", *SERVERS)
    bare.postgres()

    assert system_packages.main() == status
    said = capsys.readouterr().err
    assert "chromium IS MISSING; it is for journeys in a real browser" in said
    assert "fonts-noto-cjk IS MISSING" in said
    assert "default-jre-headless" not in said
    assert "sudo apt-get install chromium fonts-noto-cjk" in said


def test_root_installs_what_is_missing(bare, monkeypatch, capfd):
    bare.font()
    bare.postgres()
    bare.add("java", *SERVERS)
    bare.add_apt(installs="chromium")
    monkeypatch.setattr(system_packages.os, "geteuid", lambda: 0)

    assert system_packages.main() == 0
    assert bare.log.read_text().splitlines() == [
        "update -q",
        "install -qy --no-install-recommends chromium",
    ]


def test_of_a_mail_server_only_the_files_are_fetched(bare, monkeypatch, capfd):
    bare.font()
    bare.postgres()
    bare.add("chromium", "java", *(name for name in SERVERS if name != "smtp-sink"))
    bare.imap.unlink()
    bare.sshd.unlink()
    bare.add("apt-get", text=f'echo "$@" >> {bare.log}; [ $1 = update ] || : > a_3.7_amd64.deb')
    made = "usr/sbin usr/lib/dovecot; : > usr/sbin/smtp-sink; : > usr/sbin/sshd; : > usr/lib/dovecot/imap"
    bare.add("dpkg-deb", text=f"cd $3; /bin/mkdir -p {made}")
    monkeypatch.setattr(system_packages.os, "geteuid", lambda: 0)

    assert system_packages.main() == 0
    assert bare.log.read_text().splitlines() == [
        "update -q", "download -q postfix", "download -q dovecot-core dovecot-imapd",
        "download -q libwrap0 openssh-server",
    ]  # fmt: skip
    assert [path.name for path in bare.sink.iterdir()] == ["usr"]
    assert [path.name for path in bare.mailbox.iterdir()] == ["usr"]


@pytest.mark.parametrize(
    ("sudo", "expected"), [(None, []), ("exit 1", []), ("exit 0", ["SUDO", "-n", "apt-get"])]
)
def test_others_install_only_where_sudo_asks_nothing(bare, monkeypatch, sudo, expected):
    bare.add_apt(installs="nothing")
    if sudo:
        bare.add("sudo", text=sudo)
    monkeypatch.setattr(system_packages.os, "geteuid", lambda: 1000)

    found = system_packages.apt_get()

    assert found == [str(bare.bin / "sudo") if word == "SUDO" else word for word in expected]


def test_no_apt_no_install(bare):
    assert system_packages.apt_get() == []


def test_runs_as_a_script(bare):
    result = subprocess.run(
        [sys.executable, scripts.BIN / "system_packages.py"],
        env={"PATH": str(bare.bin), "CI": "true"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert result.returncode == 1
    assert "chromium IS MISSING" in result.stderr
    assert "caddy IS MISSING; it is for deploy/caddy, tried over TLS." in result.stderr


@pytest.fixture
def bare(tmp_path, monkeypatch):
    return Bare(tmp_path, monkeypatch)


class Bare:
    """A machine with nothing on PATH and no fonts."""

    def __init__(self, place, monkeypatch):
        self.bin, self.fonts, self.log = place / "bin", place / "fonts", place / "apt.log"
        self.bin.mkdir()
        self.fonts.mkdir()
        monkeypatch.setenv("PATH", str(self.bin))
        monkeypatch.setenv("CI", "true")
        monkeypatch.setattr(system_packages, "FONT_PLACES", (self.fonts,))
        monkeypatch.setattr(system_packages, "POSTGRES_PLACE", place / "postgresql")
        monkeypatch.setattr(system_packages, "SERVER_PLACES", (str(self.bin),))
        self.sink, self.mailbox = place / "postfix", place / "dovecot"
        self.imap = self.mailbox / "usr/lib/dovecot/imap"
        self.imap.parent.mkdir(parents=True)
        self.imap.touch()
        self.ssh = place / "openssh"
        self.sshd = self.ssh / "usr/sbin/sshd"
        self.sshd.parent.mkdir(parents=True)
        self.sshd.touch()
        monkeypatch.setattr(system_packages, "SINK_PLACE", self.sink)
        monkeypatch.setattr(system_packages, "MAILBOX_PLACE", self.mailbox)
        monkeypatch.setattr(system_packages, "SSH_PLACE", self.ssh)
        unpacked = {
            "postfix": (self.sink, ()),
            "dovecot-imapd": (self.mailbox, ("dovecot-core",)),
            "openssh-server": (self.ssh, ("libwrap0",)),
        }
        monkeypatch.setattr(system_packages, "UNPACKED", unpacked)
        self.place = place

    def add(self, *names, text="exit 0"):
        for name in names:
            (self.bin / name).write_text(f"#!/bin/sh\n{text}\n")
            (self.bin / name).chmod(0o755)

    def font(self):
        (self.fonts / "NotoSansCJK-Regular.ttc").touch()

    def postgres(self):
        programs = self.place / "postgresql" / "15" / "bin"
        programs.mkdir(parents=True)
        (programs / "initdb").touch()

    def add_apt(self, *, installs):
        made = self.bin / installs
        lines = [f'echo "$@" >> {self.log}', f"[ $1 = install ] && : > {made}"]
        self.add("apt-get", text="\n".join([*lines, f"/bin/chmod +x {made} 2>/dev/null; exit 0"]))
