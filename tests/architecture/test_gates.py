"""Every gate of `make test` closes when it should: the real tools, our settings, broken input."""

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]
BIN = Path(sys.executable).parent


@pytest.mark.parametrize(
    ("module", "line", "broken"),
    [
        ("markup.py", "", []),
        ("wire/services.py", "from dateline.stories import services", ["apps"]),
        ("media/queries.py", "from dateline.accounts import queries", ["apps"]),
        ("bulletins/services.py", "", ["apps"]),  # a package that no layer names
        ("wire/queries.py", "from dateline.wire import services", ["inside"]),
        ("wire/domain/item.py", "from dateline.wire import models", ["inside"]),
        ("wire/domain/item.py", "from django.utils import timezone", ["plain"]),
        ("stories/events.py", "import wagtail.models", ["plain"]),
    ],
)
def test_import_linter_keeps_the_layers(tmp_path, module, line, broken):
    rooms = ["__init__", "events", "domain/__init__", "services", "queries", "models", "forms"]
    apps = [app for app in _layers() if (ROOT / "src/dateline" / app).is_dir()]
    files = {f"{app}/{room}.py": "" for app in apps for room in rooms}
    leaves = {
        f"{leaf}.py": ""
        for leaf in (
            "agents",
            "charts",
            "clock",
            "doors",
            "ids",
            "markup",
            "prepared",
            "sealing",
            "tables",
            "fetch",
            "__init__",
        )
    }
    files |= leaves | {f"{Path(module).parent}/__init__.py": "", module: line}
    for name, text in files.items():
        path = tmp_path / "dateline" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    result = _run(
        [BIN / "lint-imports", "--no-cache", "--config", ROOT / "pyproject.toml"],
        cwd=tmp_path,
        PYTHONPATH=str(tmp_path),
    )

    names = {contract["id"]: contract["name"] for contract in SETTINGS["importlinter"]["contracts"]}
    assert [key for key in names if f"{names[key]} BROKEN" in result.stdout] == broken
    assert result.returncode == (1 if broken else 0)


def test_mypy_is_strict(tmp_path):
    """Without the Django plug-in, which costs seconds and does not change what strict means."""
    options = {**SETTINGS["mypy"], "plugins": [], "mypy_path": str(tmp_path)}
    skipped = {"files", "overrides", "disable_error_code"}  # the last is the plug-in's own
    lines = [f"{key} = {_ini(value)}" for key, value in options.items() if key not in skipped]
    (tmp_path / "mypy.ini").write_text("[mypy]\n" + "\n".join(lines))
    broken = {
        "no-untyped-def": "def double(number):\n    return number * 2\n",
        "return-value": "def double(number: int) -> int:\n    return str(number)\n",
        "type-arg": "def double(numbers: list) -> None: ...\n",
        "unused-ignore": "x = 1  # type: ignore[assignment]\n",
    }
    for number, text in enumerate(broken.values()):
        (tmp_path / f"sums{number}.py").write_text(text)
    (tmp_path / "good.py").write_text("def double(number: int) -> int:\n    return number * 2\n")

    result = _run([BIN / "mypy", "--config-file", "mypy.ini", "."], cwd=tmp_path)

    assert result.returncode == 1, result.stdout + result.stderr
    assert [complaint for complaint in broken if f"[{complaint}]" not in result.stdout] == []
    assert "good.py" not in result.stdout


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("", '"""Sums."""\n\nTWO = 2\n'),
        ("PLC0415", '"""Sums."""\n\n\ndef now():\n    import time\n\n    return time.time()\n'),
        (
            "C901",
            '"""Sums."""\n\n\ndef f(x):\n' + "".join(f"    if x: x = {n}\n" for n in range(9)),
        ),
        ("BLE001", '"""Sums."""\n\ntry:\n    f()\nexcept Exception:\n    g()\n'),
        ("DTZ005", '"""Sums."""\n\nfrom datetime import datetime\n\nNOW = datetime.now()\n'),
        ("S608", '"""Sums."""\n\n\ndef f(x):\n    return f"DELETE FROM story WHERE id = {x}"\n'),
        ("F401", '"""Sums."""\n\nimport json\n'),
        ("RUF100", '"""Sums."""\n\nTWO = 2  # noqa: S608\n'),
    ],
)
def test_ruff_refuses(code, text):
    result = _run(
        [BIN / "ruff", "check", "--no-cache", "--stdin-filename", "src/dateline/sums.py", "-"],
        cwd=ROOT,
        input=text,
    )

    assert result.returncode == (1 if code else 0), result.stdout
    assert code in result.stdout


def test_ruff_refuses_untidy_text():
    untidy = "x = {  'a':1 }\n"

    result = _run(
        [BIN / "ruff", "format", "--check", "--no-cache", "--stdin-filename", "src/x.py", "-"],
        cwd=ROOT,
        input=untidy,
    )

    assert result.returncode == 1


@pytest.mark.parametrize(("tested", "status"), [("True, False", 0), ("True", 1)])
def test_coverage_refuses_a_branch_that_no_test_took(tmp_path, tested, status):
    options = {**SETTINGS["coverage"]["run"], "source": ["paper"], "omit": []}
    report = SETTINGS["coverage"]["report"]
    (tmp_path / ".coveragerc").write_text(
        "[run]\n"
        + "".join(f"{key} = {_ini(value)}\n" for key, value in options.items())
        + f"[report]\nfail_under = {report['fail_under']}\nskip_covered = True\n"
    )
    (tmp_path / "paper.py").write_text(
        "def word(late):\n    text = 'now'\n    if late:\n        text = 'late'\n    return text\n"
    )
    (tmp_path / "test_paper.py").write_text(
        f"import paper\n\ndef test_word():\n    for x in ({tested},):\n        paper.word(x)\n"
    )

    result = _run(
        [*_plain_pytest(), "-p", "pytest_cov", "--cov", "--cov-config=.coveragerc"], cwd=tmp_path
    )

    assert result.returncode == status, result.stdout + result.stderr
    assert "1 passed" in result.stdout


@pytest.mark.parametrize(
    ("ci", "body", "plugins", "status"),
    [
        ("true", "pass", [], 0),
        ("", "pytest.skip('no Java')", [], 0),
        ("true", "pytest.skip('no Java')", [], 1),
        ("true", "pytest.skip('no Java')", ["-p", "xdist", "-n", "1"], 1),
    ],
)
def test_a_skip_fails_in_ci_and_is_named(tmp_path, ci, body, plugins, status):
    (tmp_path / "test_skips.py").write_text(f"import pytest\n\ndef test_one(): {body}\n")

    result = _run(
        [*_plain_pytest(), "-p", "tests.no_silent_skips", *plugins],
        cwd=tmp_path,
        CI=ci,
        PYTHONPATH=str(ROOT),
    )

    assert result.returncode == status, result.stdout
    assert ("test_skips.py::test_one: Skipped: no Java" in result.stdout) == (status == 1)


@pytest.mark.parametrize(
    ("parameter", "plugins", "status"),
    [
        (r"b'\x1f\x8b'", [], 2),
        (r"'\x07'", [], 2),
        (r"b'\x1f\x8b'", ["-p", "xdist", "-n", "1"], 1),
        (r"pytest.param(b'\x1f\x8b', id='gzip')", [], 0),
        (r"'caf\xe9', b'ferry\r\n'", [], 0),
    ],
    ids=["bytes", "control", "bytes in a worker", "named", "letters"],
)
def test_a_test_that_is_named_after_raw_bytes_is_refused(tmp_path, parameter, plugins, status):
    (tmp_path / "test_bytes.py").write_text(
        f"import pytest\n\n@pytest.mark.parametrize('p', [{parameter}])\ndef test_one(p): pass\n"
    )

    result = _run(
        [*_plain_pytest(), "-p", "tests.readable_ids", *plugins],
        cwd=tmp_path,
        PYTHONPATH=str(ROOT),
    )

    told = "Name it: pytest.param" in result.stdout + result.stderr
    assert (result.returncode, told) == (status, status != 0), result.stdout


def test_ci_runs_make_test_and_make_test_runs_every_gate():
    makefile = (ROOT / "Makefile").read_text()
    wanted = ["ruff check", "ruff format --check", "lint-imports", "mypy", "sphinx-build", "--cov"]

    assert "export CI=true\nexec make test" in (ROOT / ".ci/run").read_text()
    assert [gate for gate in wanted if gate not in makefile] == []
    assert "\ntest: check docs " in makefile
    assert SETTINGS["coverage"]["report"]["fail_under"] == 100
    assert SETTINGS["coverage"]["run"]["branch"] is True


def _layers():
    named = next(c for c in SETTINGS["importlinter"]["contracts"] if c["id"] == "apps")["layers"]
    return [name.strip(" ()") for layer in named for name in layer.split("|")]


def _plain_pytest():
    return [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-c",
        os.devnull,
        "--rootdir=.",
        "-p",
        "no:django",
    ]


def _ini(value):
    return ", ".join(str(item) for item in value) if isinstance(value, list) else str(value)


def _run(command, *, cwd, input=None, **environment):  # noqa: A002 - named as in subprocess.run
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("COV", "PYTEST", "DATELINE"))}
    return subprocess.run(
        [str(word) for word in command],
        cwd=cwd,
        input=input,
        env=kept | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"} | environment,
        capture_output=True,
        text=True,
        check=False,
    )
