#!/usr/bin/env python3
"""See that Debian's part is here: what `make test` uses that no Python or npm package brings.

Installs what is missing where it may (root, or sudo that asks nothing, and apt-get). Where it may
not, it names each missing thing loudly; with CI=true that is a failure, since a test that needs
it would be skipped.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

FONT_PLACES = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"))
POSTGRES_PLACE = Path("/usr/lib/postgresql")
SINK_PLACE = Path(__file__).parents[1] / ".tools/postfix"
MAILBOX_PLACE = SINK_PLACE.with_name("dovecot")
SSH_PLACE = SINK_PLACE.with_name("openssh")
SERVER_PLACES = ("/usr/sbin", "/usr/local/sbin")  # not on everybody's PATH


def has_chromium() -> bool:
    return any(shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome"))


def has_japanese_fonts() -> bool:
    """Without them Japanese pages are measured and photographed as rows of boxes."""
    return any(path for place in FONT_PLACES for path in place.rglob("NotoSansCJK*"))


def has_java() -> bool:
    return shutil.which("java") is not None


def has_postgres() -> bool:
    return any(POSTGRES_PLACE.glob("*/bin/initdb"))


def has_nginx() -> bool:
    places = os.pathsep.join([os.environ["PATH"], *SERVER_PLACES])
    return shutil.which("nginx", path=places) is not None


def has_wrk() -> bool:
    return shutil.which("wrk") is not None


def has_caddy() -> bool:
    return shutil.which("caddy") is not None


def has_openssl() -> bool:
    return shutil.which("openssl") is not None


def has_varnish() -> bool:
    return shutil.which("varnishd", path=f"{os.environ.get('PATH', '')}:/usr/sbin") is not None


def has_xkey() -> bool:
    return any(Path("/usr/lib").rglob("libvmod_xkey.so"))


def has_smtp_sink() -> bool:
    """Unpacked beside us, never installed: nobody wants a mail server of a test's making."""
    installed = shutil.which("smtp-sink", path=os.pathsep.join(SERVER_PLACES))
    return installed is not None or (SINK_PLACE / "usr/sbin/smtp-sink").exists()


def has_imap() -> bool:
    """Unpacked too: a test speaks to the program itself, and none waits at a port."""
    return (MAILBOX_PLACE / "usr/lib/dovecot/imap").exists()


def has_sshd() -> bool:
    """Unpacked: a machine is not opened to the world for the sake of a test."""
    return (SSH_PLACE / "usr/sbin/sshd").exists()


NEEDED = {
    "chromium": (has_chromium, "journeys in a real browser, axe and the screenshots"),
    "fonts-noto-cjk": (has_japanese_fonts, "Japanese text in the browser"),
    "varnish": (has_varnish, "purges of a real cache in front"),
    "varnish-modules": (has_xkey, "purges by tag in it"),
    "default-jre-headless": (has_java, "vnu, the HTML validator"),
    "postgresql": (has_postgres, "migrations, a page and a backup on a real PostgreSQL"),
    "nginx-light": (has_nginx, "deploy/nginx, tried over TLS"),
    "caddy": (has_caddy, "deploy/caddy, tried over TLS"),
    "wrk": (has_wrk, "the load of the edge's benchmarks"),
    "openssl": (has_openssl, "the certificate that nginx is tried with"),
    "postfix": (has_smtp_sink, "smtp-sink, to which the mail benchmarks and campaigns send"),
    "dovecot-imapd": (has_imap, "mailboxes, of readers and of agencies"),
    "openssh-server": (has_sshd, "agency files by SFTP"),
}
# Of these only the files are wanted: where they go, and what comes along.
UNPACKED = {
    "postfix": (SINK_PLACE, ()),
    "dovecot-imapd": (MAILBOX_PLACE, ("dovecot-core",)),
    "openssh-server": (SSH_PLACE, ("libwrap0",)),
}


def main() -> int:
    absent = missing()
    if absent and (apt := apt_get()):
        say(f"system packages: installing {', '.join(absent)}")
        environment = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
        install = [package for package in absent if package not in UNPACKED]
        steps = [["update", "-q"]]
        steps += [["install", "-qy", "--no-install-recommends", *install]] if install else []
        for words in steps:
            subprocess.run([*apt, *words], check=False, env=environment, stdout=sys.stderr)
        for package in absent:
            if package in UNPACKED:
                place, more = UNPACKED[package]
                unpack([*more, package], place)
        absent = missing()
    for package in absent:
        say(f"system packages: {package} IS MISSING; it is for {NEEDED[package][1]}.")
    if absent:
        if wanted := [package for package in absent if package not in UNPACKED]:
            say(f"system packages: install with: sudo apt-get install {' '.join(wanted)}")
        return 1 if os.environ.get("CI", "").lower() in {"1", "true", "yes"} else 0
    say("system packages: all here")
    return 0


def unpack(packages: "list[str]", place: Path) -> None:
    """Fetch packages and lay their files below `place`; none of their scripts runs."""
    place.mkdir(parents=True, exist_ok=True)
    fetch = ["apt-get", "download", "-q", *packages]
    subprocess.run(fetch, check=False, cwd=place, stdout=sys.stderr)
    for archive in place.glob("*.deb"):
        subprocess.run(["dpkg-deb", "-x", str(archive), str(place)], check=False)
        archive.unlink()


def missing() -> "list[str]":
    return [package for package, (is_here, _) in NEEDED.items() if not is_here()]


def apt_get() -> "list[str]":
    """The command that installs Debian packages without asking anyone, or nothing."""
    if not shutil.which("apt-get"):
        return []
    if os.geteuid() == 0:
        return ["apt-get"]
    sudo = shutil.which("sudo")
    if sudo and subprocess.run([sudo, "-n", "true"], check=False, capture_output=True).returncode:
        return []
    return [sudo, "-n", "apt-get"] if sudo else []


def say(text: str) -> None:
    sys.stderr.write(f"{text}\n")


if __name__ == "__main__":
    sys.exit(main())
