"""An empty checkout comes to life: where uv is looked for, fetched from, and what is refused."""

import base64
import hashlib
import http.server
import io
import json
import platform
import shutil
import subprocess
import sys
import threading
import zipfile

import pytest

from tests.house import scripts

bootstrap = scripts.load("bootstrap")
LINUX = ["manylinux_2_17_x86_64", "manylinux2014_x86_64"]


@pytest.mark.parametrize("form", ["json", "html"])
def test_fetches_uv_and_makes_it_runnable(index, form, nothing_set, tmp_path, monkeypatch):
    monkeypatch.setattr(bootstrap, "TOOLS", tmp_path / ".tools")
    index.publish(form, wheel=wheel("#!/bin/sh\necho uv 0.13.0\n"))

    path = bootstrap.fetch_uv(index.address)

    assert path == str(tmp_path / ".tools/uv")
    assert bootstrap.uv_version(path) == (0, 13, 0)
    assert bootstrap.find_uv() == path
    assert [p.name for p in (tmp_path / ".tools").iterdir()] == ["uv"]


@pytest.mark.parametrize("form", ["json", "html"])
@pytest.mark.parametrize("promised", ["0" * 64, ""])
def test_refuses_a_file_that_is_not_what_the_index_promises(
    index, form, promised, nothing_set, tmp_path, monkeypatch
):
    monkeypatch.setattr(bootstrap, "TOOLS", tmp_path / ".tools")
    index.publish(form, wheel=wheel("evil"), sha256=promised)

    with pytest.raises(bootstrap.CannotContinue, match="It was not used"):
        bootstrap.fetch_uv(index.address)
    assert not (tmp_path / ".tools").exists()


def test_sends_the_password_of_the_index_and_never_shows_it(index, nothing_set):
    index.publish("json", wheel=wheel(""))
    address = index.address.replace("http://", "http://ana:s%40cret@")

    bootstrap.list_wheels(address)
    assert index.seen["Authorization"] == f"Basic {base64.b64encode(b'ana:s@cret').decode()}"

    with pytest.raises(bootstrap.CannotContinue) as refused:
        bootstrap.fetch(f"{address}/nothing-here/")
    assert "s@cret" not in str(refused.value)
    assert "404" in str(refused.value)
    assert "PIP_INDEX_URL" in str(refused.value)


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, "https://conf.example/simple"),
        ({"PIP_INDEX_URL": "https://pip.example/simple/"}, "https://pip.example/simple"),
        ({"PIP_INDEX_URL": "https://a", "UV_INDEX_URL": "https://b"}, "https://b"),
        ({"UV_INDEX_URL": "https://b", "UV_DEFAULT_INDEX": "https://c"}, "https://c"),
    ],
)
def test_the_nearest_word_about_the_index_wins(nothing_set, monkeypatch, environment, expected):
    conf = nothing_set / ".config/pip/pip.conf"
    conf.parent.mkdir(parents=True)
    conf.write_text("[global]\nindex-url = https://conf.example/simple\ncert = /conf.pem\n")
    for name, value in environment.items():
        monkeypatch.setenv(name, value)

    handed_on = bootstrap.uv_environment()

    assert bootstrap.package_index() == handed_on["UV_DEFAULT_INDEX"] == expected
    assert handed_on["SSL_CERT_FILE"] == "/conf.pem"
    assert handed_on["UV_PYTHON_DOWNLOADS"] == "never"
    assert "UV_INDEX_URL" not in handed_on


def test_without_any_word_the_public_index_is_used(nothing_set):
    assert bootstrap.package_index() == "https://pypi.org/simple"
    assert bootstrap.certificates() == ""


def test_another_environment_is_not_filled(nothing_set, monkeypatch):
    monkeypatch.setenv("VIRTUAL_ENV", "/somewhere/else")

    environment = bootstrap.uv_environment()

    assert "VIRTUAL_ENV" not in environment
    assert environment["UV_PROJECT_ENVIRONMENT"] == str(bootstrap.ROOT / ".venv")


def test_the_newest_fitting_wheel_is_chosen():
    names = [
        "uv-0.9.9-py3-none-manylinux_2_17_x86_64.manylinux2014_x86_64.whl",  # too old
        "uv-0.11.9-py3-none-manylinux_2_17_x86_64.manylinux2014_x86_64.whl",
        "uv-0.11.10-py3-none-manylinux_2_17_x86_64.manylinux2014_x86_64.whl",
        "uv-0.12.0-py3-none-manylinux_2_28_aarch64.whl",  # another machine
        "uv-0.12.0-py3-none-musllinux_1_1_x86_64.whl",  # another libc
        "uv-0.12.0rc1-py3-none-manylinux_2_17_x86_64.whl",  # not a release
        "uv-0.14.0-py3-none-manylinux_2_17_x86_64.whl",  # too new to know
        "uv-0.12.0.tar.gz",
        "uv_build-0.12.0-py3-none-manylinux_2_17_x86_64.whl",
    ]

    chosen = bootstrap.choose_wheel([{"filename": name} for name in names], LINUX)

    assert chosen["filename"] == names[2]


def test_says_so_where_no_wheel_fits():
    with pytest.raises(bootstrap.CannotContinue, match="Install uv yourself"):
        bootstrap.choose_wheel([{"filename": "uv-0.12.0-py3-none-win_amd64.whl"}], LINUX)


@pytest.mark.parametrize(
    ("system", "machine", "libc", "fits", "does_not"),
    [
        ("linux", "x86_64", ("glibc", "2.36"), "manylinux_2_31_x86_64", "manylinux_2_39_x86_64"),
        ("linux", "amd64", ("glibc", "2.36"), "manylinux2014_x86_64", "musllinux_1_1_x86_64"),
        ("linux", "aarch64", ("", ""), "musllinux_1_1_aarch64", "manylinux2014_aarch64"),
        ("darwin", "arm64", ("", ""), "macosx_11_0_arm64", "macosx_10_12_x86_64"),
    ],
)
def test_knows_what_runs_here(monkeypatch, system, machine, libc, fits, does_not):
    monkeypatch.setattr(sys, "platform", system)
    monkeypatch.setattr(platform, "machine", lambda: machine)
    monkeypatch.setattr(platform, "libc_ver", lambda: libc)
    wheels = [{"filename": f"uv-0.12.{n}-py3-none-{t}.whl"} for n, t in enumerate([fits, does_not])]

    assert bootstrap.choose_wheel(wheels, bootstrap.wheel_platforms()) == wheels[0]


def test_an_old_uv_on_path_is_passed_over(tmp_path, monkeypatch):
    old = tmp_path / "uv"
    old.write_text("#!/bin/sh\necho uv 0.4.1\n")
    old.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.setattr(bootstrap, "TOOLS", tmp_path / ".tools")

    assert bootstrap.find_uv() is None

    old.write_text("#!/bin/sh\necho uv 0.12.1\n")
    assert bootstrap.find_uv() == str(old)


def test_a_python_that_is_too_old_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))
    monkeypatch.setattr(bootstrap, "SYSTEM_PYTHON", tmp_path / "none")
    monkeypatch.delenv("UV_PYTHON", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(bootstrap.CannotContinue, match=r"needs Python 3\.11 or newer"):
        bootstrap.find_python()

    newer = tmp_path / "python3.13"
    newer.write_text("#!/bin/sh\necho 3 13\n")
    newer.chmod(0o755)
    assert bootstrap.find_python() == str(newer)


def test_the_systems_own_python_is_taken_before_the_one_that_runs_this(tmp_path, monkeypatch):
    monkeypatch.delenv("UV_PYTHON", raising=False)
    system = tmp_path / "python3"
    monkeypatch.setattr(bootstrap, "SYSTEM_PYTHON", system)
    assert bootstrap.find_python() == sys.executable

    system.write_text("#!/bin/sh\necho 3 9\n")
    system.chmod(0o755)
    assert bootstrap.find_python() == sys.executable

    system.write_text("#!/bin/sh\necho 3 11\n")
    assert bootstrap.find_python() == str(system)


def test_a_python_that_was_asked_for_is_taken(monkeypatch):
    monkeypatch.setenv("UV_PYTHON", "3.13")

    assert bootstrap.find_python() == "3.13"


def test_a_problem_is_a_sentence_and_a_status_not_a_traceback(tmp_path):
    (tmp_path / "bin").mkdir()
    script = shutil.copy(scripts.BIN / "bootstrap.py", tmp_path / "bin")  # an empty checkout
    nowhere = {"PATH": str(tmp_path), "HOME": str(tmp_path), "PIP_INDEX_URL": "http://127.0.0.1:9"}

    result = subprocess.run(
        [sys.executable, script], env=nowhere, capture_output=True, text=True, check=False
    )

    assert result.returncode == 1
    assert result.stderr.startswith("bootstrap: http://127.0.0.1:9/uv/ did not answer (")
    assert result.stderr.endswith("set PIP_INDEX_URL and PIP_CERT for your package index.\n")
    assert "Traceback" not in result.stderr


def wheel(program):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("uv-0.13.0.data/scripts/uvx", "no")
        archive.writestr("uv-0.13.0.data/scripts/uv", program)
    return file.getvalue()


@pytest.fixture
def nothing_set(tmp_path, monkeypatch):
    """No word from anyone about indexes or certificates; returns the empty home directory."""
    for name in ("UV_DEFAULT_INDEX", "UV_INDEX_URL", "PIP_INDEX_URL", "PIP_CERT", "SSL_CERT_FILE"):
        monkeypatch.delenv(name, raising=False)
    for name in ("PIP_CONFIG_FILE", "XDG_CONFIG_HOME", "http_proxy", "HTTP_PROXY"):
        monkeypatch.delenv(name, raising=False)
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setattr(bootstrap, "SYSTEM_PIP_CONF", home / "no-such-file")
    monkeypatch.setattr(bootstrap, "TRIES", 1)
    return home


@pytest.fixture
def index():
    """A package index on this machine that has one wheel of uv."""
    server = Index(("127.0.0.1", 0), Answer)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


class Index(http.server.ThreadingHTTPServer):
    @property
    def address(self):
        return f"http://127.0.0.1:{self.server_port}/simple"

    def publish(self, form, *, wheel, sha256=None):
        tags = [pattern.replace("(?:5", "(?:17").replace(r"\d+", "1") for pattern in LINUX]
        native = bootstrap.wheel_platforms()[-1].replace(r"\d+", "1")
        name = f"uv-0.13.0-py3-none-{'.'.join([*tags, native])}.whl"
        digest = hashlib.sha256(wheel).hexdigest() if sha256 is None else sha256
        if form == "json":
            gone = {"filename": name.replace("13.0", "13.9"), "url": "gone", "yanked": "broken"}
            file = {"filename": name, "url": f"../../files/{name}", "hashes": {"sha256": digest}}
            page = json.dumps({"files": [gone, file]})
        else:
            page = f'<a href="../../files/{name}#sha256={digest}">{name}</a><a>nothing</a>'
        kind = "application/vnd.pypi.simple.v1+json" if form == "json" else "text/html"
        self.pages = {"/simple/uv/": (kind, page.encode()), f"/files/{name}": ("x/y", wheel)}


class Answer(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.server.seen = self.headers
        kind, body = self.server.pages.get(self.path, (None, b""))
        self.send_response(200 if kind else 404)
        self.send_header("Content-Type", kind or "text/plain")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass
