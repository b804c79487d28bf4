#!/usr/bin/env python3
"""Bring an empty checkout to life with nothing but the standard library.

    python3 bin/bootstrap.py          what `dateline` needs to run
    python3 bin/bootstrap.py --dev    and what its tests, checks and documentation need

Debian's python3 has neither pip nor venv, so this fetches uv (one binary) from the package index
into .tools/, checks its SHA-256, and lets it install exactly what uv.lock names. A good `uv` on
PATH is used instead. Heeded, first found first used:

    index         UV_DEFAULT_INDEX, UV_INDEX_URL, PIP_INDEX_URL, pip.conf `index-url`, pypi.org
    certificates  SSL_CERT_FILE, PIP_CERT, pip.conf `cert`, the system's own
    proxies       HTTPS_PROXY and its relatives
    Python        UV_PYTHON, /usr/bin/python3, the one that runs this, python3.* on PATH
"""

import argparse
import base64
import configparser
import hashlib
import html.parser
import http
import io
import json
import os
import platform
import re
import shutil
import ssl
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TOOLS = ROOT / ".tools"
PUBLIC_INDEX = "https://pypi.org/simple"
UV_MINIMUM, UV_BELOW = (0, 11), (0, 14)  # releases whose lock file and flags are the ones used here
PYTHON_MINIMUM = (3, 11)
# The system's own Python is built with profile and link-time optimisation; one that pyenv builds
# usually is not, and takes a third more processor time to answer a cached page.
SYSTEM_PYTHON = Path("/usr/bin/python3")
SYSTEM_PIP_CONF = Path("/etc/pip.conf")
TRIES = 3


class CannotContinue(Exception):
    """Something a person has to mend. The text says what was found and what to do."""


def main() -> int:
    arguments = argparse.ArgumentParser(description="Install what this checkout needs.")
    arguments.add_argument("--dev", action="store_true", help="with tests, checks and docs")
    dev = arguments.parse_args().dev
    started = time.monotonic()
    try:
        environment = uv_environment()
        uv = find_uv() or fetch_uv(environment["UV_DEFAULT_INDEX"])
        install_python_packages(uv, environment, dev=dev)
        compile_own_modules(environment)
        if dev:
            install_browser_tools()
    except CannotContinue as problem:
        say(f"bootstrap: {problem}")
        return 1
    except subprocess.CalledProcessError as problem:
        say(f"bootstrap: {Path(problem.cmd[0]).name} gave up; its own words are above.")
        return 1
    say(f"bootstrap: ready after {time.monotonic() - started:.0f} s")
    return 0


def say(text: str) -> None:
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


# Where packages come from


def pip_settings() -> "dict[str, str]":
    """What pip.conf says under [global], the nearer file winning."""
    home = Path.home()
    parser = configparser.RawConfigParser()
    files = [
        SYSTEM_PIP_CONF,
        home / ".pip/pip.conf",
        Path(os.environ.get("XDG_CONFIG_HOME") or home / ".config") / "pip/pip.conf",
        os.environ.get("PIP_CONFIG_FILE") or os.devnull,
    ]
    parser.read(files, encoding="utf-8")
    return dict(parser["global"]) if parser.has_section("global") else {}


def first_set(*names: str) -> str:
    return next((os.environ[name] for name in names if os.environ.get(name)), "")


def package_index() -> str:
    """Address of the simple index, without a closing slash."""
    found = first_set("UV_DEFAULT_INDEX", "UV_INDEX_URL", "PIP_INDEX_URL")
    return (found or pip_settings().get("index-url") or PUBLIC_INDEX).strip().rstrip("/")


def certificates() -> str:
    """File of the certificate authorities to believe, or an empty string for the system's own."""
    return first_set("SSL_CERT_FILE", "PIP_CERT") or pip_settings().get("cert", "")


def uv_environment() -> "dict[str, str]":
    """The environment for uv: what pip would have used, in uv's own words."""
    environment = dict(os.environ)
    environment["UV_DEFAULT_INDEX"] = package_index()
    environment.pop("UV_INDEX_URL", None)
    environment["UV_PYTHON_DOWNLOADS"] = "never"
    environment["UV_PROJECT_ENVIRONMENT"] = str(ROOT / ".venv")
    environment.pop("VIRTUAL_ENV", None)  # somebody else's environment is not ours to fill
    environment["UV_SYSTEM_CERTS"] = "1"  # as pip and the browser do
    environment["UV_COMPILE_BYTECODE"] = "1"  # a server is several processes, started together
    if certificates():
        environment["SSL_CERT_FILE"] = certificates()
    return environment


def fetch(url: str, accept: str = "*/*") -> "tuple[bytes, str, str]":
    """Return the body, its content type and the address that answered. Tries a few times."""
    parts = urllib.parse.urlsplit(url)
    bare = parts._replace(netloc=parts.netloc.rpartition("@")[2])
    request = urllib.request.Request(urllib.parse.urlunsplit(bare), headers={"Accept": accept})
    if parts.username:
        pair = urllib.parse.unquote(f"{parts.username}:{parts.password or ''}")
        request.add_header("Authorization", f"Basic {base64.b64encode(pair.encode()).decode()}")
    context = ssl.create_default_context(cafile=certificates() or None)
    for attempt in range(1, TRIES + 1):
        try:
            with urllib.request.urlopen(request, timeout=60, context=context) as answer:
                return answer.read(), answer.headers.get_content_type(), answer.url
        except (urllib.error.URLError, TimeoutError, ConnectionError) as error:
            final = False
            if isinstance(error, urllib.error.HTTPError):
                final = error.code < http.HTTPStatus.INTERNAL_SERVER_ERROR  # asked wrongly
                error.close()
            if final or attempt == TRIES:
                shown = urllib.parse.urlunsplit(bare)
                raise CannotContinue(
                    f"{shown} did not answer ({error}). Check the network, or set PIP_INDEX_URL "
                    "and PIP_CERT for your package index."
                ) from error
            time.sleep(attempt)
    raise AssertionError


# uv


def find_uv() -> "str | None":
    """A uv that is here already and fit: ours from an earlier run, or the one on PATH."""
    for candidate in (str(TOOLS / "uv"), shutil.which("uv")):
        if candidate and Path(candidate).exists() and uv_version(candidate) >= UV_MINIMUM:
            return candidate
    return None


def uv_version(uv: str) -> "tuple[int, ...]":
    try:
        said = subprocess.run([uv, "--version"], capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return ()
    found = re.match(r"uv (\d+)\.(\d+)\.(\d+)", said)
    return tuple(int(number) for number in found.groups()) if found else ()


def fetch_uv(index: str) -> str:
    """Download the newest fitting uv for this machine into .tools/, verified; return its path."""
    wheel = choose_wheel(list_wheels(index), wheel_platforms())
    say(f"bootstrap: fetching {wheel['filename']}")
    body, _, _ = fetch(wheel["url"])
    found = hashlib.sha256(body).hexdigest()
    if found != wheel["sha256"]:
        raise CannotContinue(
            f"{wheel['filename']} has SHA-256 {found}, but the index promises "
            f"{wheel['sha256'] or 'none'}. It was not used; try again, or check your index."
        )
    TOOLS.mkdir(exist_ok=True)
    unfinished = TOOLS / "uv.unfinished"
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        name = next(n for n in archive.namelist() if n.endswith(".data/scripts/uv"))
        unfinished.write_bytes(archive.read(name))
    unfinished.chmod(0o755)
    unfinished.replace(TOOLS / "uv")
    return str(TOOLS / "uv")


def list_wheels(index: str) -> "list[dict[str, str]]":
    """Files of the project uv: file name, address, SHA-256. JSON (PEP 691) or HTML (PEP 503)."""
    accept = "application/vnd.pypi.simple.v1+json, text/html;q=0.5"
    body, kind, address = fetch(f"{index}/uv/", accept)
    if kind.endswith("json"):
        return [
            {
                "filename": file["filename"],
                "url": urllib.parse.urljoin(address, file["url"]),
                "sha256": file.get("hashes", {}).get("sha256", ""),
            }
            for file in json.loads(body)["files"]
            if not file.get("yanked")
        ]
    page = SimplePage(address)
    page.feed(body.decode("utf-8", "replace"))
    return page.files


class SimplePage(html.parser.HTMLParser):
    """The anchors of a PEP 503 page."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self.address = address
        self.files: list[dict[str, str]] = []

    def handle_starttag(self, tag: str, attrs: "list[tuple[str, str | None]]") -> None:
        values = dict(attrs)
        if tag != "a" or not values.get("href") or "data-yanked" in values:
            return
        url, _, fragment = urllib.parse.urljoin(self.address, values["href"]).partition("#")
        name = urllib.parse.unquote(urllib.parse.urlsplit(url).path.rpartition("/")[2])
        digest = fragment[7:] if fragment.startswith("sha256=") else ""
        self.files.append({"filename": name, "url": url, "sha256": digest})


def wheel_platforms() -> "list[str]":
    """Endings of platform tags that run here, as regular expressions, the best first."""
    machine = {"amd64": "x86_64", "arm64": "aarch64"}.get(
        platform.machine().lower(), platform.machine().lower()
    )
    if sys.platform == "darwin":
        return [rf"macosx_\d+_\d+_{'arm64' if machine == 'aarch64' else machine}"]
    libc, version = platform.libc_ver()
    if libc != "glibc":
        return [rf"musllinux_\d+_\d+_{machine}"]
    minor = int(version.split(".")[1])
    fitting = "|".join(str(number) for number in range(5, minor + 1))
    return [rf"manylinux_2_(?:{fitting})_{machine}", rf"manylinux2014_{machine}"]


def choose_wheel(files: "list[dict[str, str]]", platforms: "list[str]") -> "dict[str, str]":
    """The newest uv between UV_MINIMUM and UV_BELOW that runs on one of `platforms`."""
    fitting = []
    for file in files:
        name = re.fullmatch(r"uv-(\d+)\.(\d+)\.(\d+)-py3-none-(.+)\.whl", file["filename"])
        if not name:
            continue
        version = tuple(int(number) for number in name.groups()[:3])
        tags = name[4].split(".")
        runs = any(re.fullmatch(pattern, tag) for pattern in platforms for tag in tags)
        if runs and UV_MINIMUM <= version < UV_BELOW:
            fitting.append((version, file))
    if not fitting:
        raise CannotContinue(
            f"the index has no uv {UV_MINIMUM[0]}.{UV_MINIMUM[1]} or newer for this machine "
            f"({platform.machine()}). Install uv yourself and run this again."
        )
    return max(fitting, key=lambda one: one[0])[1]


# What uv installs


def install_python_packages(uv: str, environment: "dict[str, str]", *, dev: bool) -> None:
    """Make .venv hold what uv.lock names, hashes checked, and this project itself."""
    groups = [] if dev else ["--no-default-groups", "--inexact"]
    python = [] if usable_environment() else ["--python", find_python()]
    if environment["UV_DEFAULT_INDEX"] == PUBLIC_INDEX:
        run([uv, "sync", "--frozen", *groups, *python], environment)
        return
    # `uv sync --frozen` fetches from the addresses in uv.lock, whatever index is configured.
    # Behind a mirror the same versions and hashes are asked of the mirror instead.
    names = [] if dev else ["--no-default-groups"]
    exported = TOOLS / "requirements.txt"
    TOOLS.mkdir(exist_ok=True)
    export = [uv, "export", "--quiet", "--frozen", "--no-emit-project", *names, *python]
    run([*export, "--output-file", str(exported)], environment)
    if python:
        run([uv, "venv", "--quiet", "--clear", *python, str(ROOT / ".venv")], environment)
    inside = ["--python", str(ROOT / ".venv")]
    run([uv, "pip", "install", "--require-hashes", *inside, "-r", str(exported)], environment)
    run([uv, "pip", "install", "--no-deps", *inside, "--editable", str(ROOT)], environment)


def compile_own_modules(environment: "dict[str, str]") -> None:
    """Write the bytecode of this checkout too; where Python may not write it, each start would."""
    compileall = [str(ROOT / ".venv/bin/python"), "-m", "compileall", "-q", "-j", "0"]
    run([*compileall, str(ROOT / "src")], environment)


def usable_environment() -> bool:
    """Whether .venv is there and its Python still starts."""
    python = ROOT / ".venv/bin/python"
    return python.exists() and python_version(str(python)) >= PYTHON_MINIMUM


def find_python() -> str:
    """Path of a Python that is new enough: UV_PYTHON, the system's, the one running this, PATH."""
    if wanted := os.environ.get("UV_PYTHON"):
        return wanted
    if python_version(str(SYSTEM_PYTHON)) >= PYTHON_MINIMUM:
        return str(SYSTEM_PYTHON)
    if sys.version_info[:2] >= PYTHON_MINIMUM:
        return sys.executable
    for minor in range(15, PYTHON_MINIMUM[1] - 1, -1):
        path = shutil.which(f"python3.{minor}")
        if path and python_version(path) >= PYTHON_MINIMUM:
            return path
    raise CannotContinue(
        f"Dateline needs Python {PYTHON_MINIMUM[0]}.{PYTHON_MINIMUM[1]} or newer; this is "
        f"{platform.python_version()}. Install it and run this again."
    )


def python_version(python: str) -> "tuple[int, ...]":
    question = "import sys; print(*sys.version_info[:2])"
    try:
        said = subprocess.run([python, "-c", question], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return ()
    return tuple(int(number) for number in said.stdout.split())


def install_browser_tools() -> None:
    """The HTML validator and axe, exactly as package-lock.json names them, into node_modules/."""
    lock, done = ROOT / "package-lock.json", ROOT / "node_modules/.package-lock.json"
    if done.exists() and done.stat().st_mtime >= lock.stat().st_mtime:
        return
    environment = dict(os.environ, PATH=f"{ROOT / '.venv/bin'}{os.pathsep}{os.environ['PATH']}")
    environment["NODE_USE_SYSTEM_CA"] = "1"
    if certificates():
        environment.setdefault("NODE_EXTRA_CA_CERTS", certificates())
    run([str(ROOT / ".venv/bin/npm"), "ci", "--no-progress", "--loglevel=error"], environment)
    done.touch()


def run(command: "list[str]", environment: "dict[str, str]") -> None:
    subprocess.run(command, check=True, cwd=ROOT, env=environment)


if __name__ == "__main__":
    sys.exit(main())
