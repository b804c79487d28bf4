"""Each rule of the house fails on a small tree that breaks it, and passes once it is mended."""

import pytest

from tests.architecture import import_rules, source_rules


@pytest.mark.parametrize(
    ("rule", "path", "bad", "good", "problem"),
    [
        (
            source_rules.modules_without_docstring,
            "wire/poll.py",
            "import json\n",
            '"""Ask agencies for news."""\n\nimport json\n',
            "wire/poll.py: the first line is not a docstring.",
        ),
        (
            source_rules.functions_without_docstring,
            "wire/services.py",
            '"""Wire."""\ndef store(): ...\n',
            '"""Wire."""\ndef store():\n    """Keep one item."""\ndef _key(): ...\n',
            "wire/services.py:2: store is public and has no docstring.",
        ),
        (
            source_rules.functions_without_docstring,
            "wire/domain/ninjs.py",
            '"""Wire."""\nasync def parse(): ...\n',
            '"""Wire."""\nasync def parse():\n    """Read it."""\n',
            "wire/domain/ninjs.py:2: parse is public and has no docstring.",
        ),
        (
            source_rules.long_modules,
            "wire/item.py",
            '"""Wire."""\n' + "A = 1\n" * 400,
            '"""Wire."""\n' + "A = 1\n" * 399,
            "wire/item.py: 401 lines; the limit is 400.",
        ),
        (
            source_rules.long_functions,
            "wire/item.py",
            '"""Wire."""\ndef f():\n    """D.\n\n    D."""\n' + "    a = 1\n" * 40,
            '"""Wire."""\ndef f():\n    """D.\n\n    D."""\n' + "    a = 1\n" * 39,
            "wire/item.py:2: f has 41 lines; the limit is 40.",
        ),
        (
            source_rules.vague_names,
            "wire/helpers/time.py",
            '"""Wire."""\n',
            None,
            "wire/helpers/time.py: 'helpers' says nothing",
        ),
        (
            source_rules.vague_names,
            "utils.py",
            '"""Wire."""\n',
            None,
            "utils.py: 'utils' says nothing",
        ),
        (
            source_rules.signal_listeners,
            "stories/handlers.py",
            '"""S."""\nfrom django.db.models.signals import post_save\n',
            '"""S."""\nfrom django.db.models import Model\n',
            "stories/handlers.py:2: imports django.db.models.signals.post_save.",
        ),
        (
            source_rules.signal_listeners,
            "stories/handlers.py",
            '"""S."""\nfrom wagtail import signals\n',
            '"""S."""\nfrom wagtail import hooks\n',
            "stories/handlers.py:2: imports wagtail.signals.",
        ),
        (
            source_rules.signal_listeners,
            "stories/handlers.py",
            '"""S."""\nfrom django.dispatch import receiver\n',
            '"""S."""\n',
            "stories/handlers.py:2: imports django.dispatch.receiver.",
        ),
        (
            source_rules.domain_touching_the_world,
            "wire/domain/poll.py",
            '"""W."""\nimport socket\n',
            '"""W."""\nimport json\n',
            "wire/domain/poll.py:2: socket does not belong",
        ),
        (
            source_rules.domain_touching_the_world,
            "stories/domain.py",
            '"""S."""\nfrom datetime import datetime\nNOW = datetime.now()\n',
            '"""S."""\nfrom datetime import datetime\n',
            "stories/domain.py:3: datetime.now() does not belong",
        ),
        (
            source_rules.domain_touching_the_world,
            "stories/events.py",
            '"""S."""\nTEXT = open("x").read()\n',
            '"""S."""\n',
            "stories/events.py:2: open() does not belong",
        ),
    ],
)
def test_rule_finds_what_it_is_for(tmp_path, rule, path, bad, good, problem):
    write(tmp_path, {path: bad})
    assert [line[: len(problem)] for line in rule(tmp_path)] == [problem]

    write(tmp_path, {path: good or "", **({} if good else {path: None})})
    assert rule(tmp_path) == []


def test_migrations_and_empty_packages_are_left_alone(tmp_path):
    write(tmp_path, {"wire/migrations/0001_initial.py": "import json\n", "wire/__init__.py": ""})

    assert source_rules.modules_without_docstring(tmp_path) == []


def test_a_named_listener_may_listen(tmp_path):
    write(tmp_path, {"stories/bridge.py": '"""S."""\nfrom wagtail.signals import published\n'})

    assert len(source_rules.signal_listeners(tmp_path, allowed=set())) == 1
    assert source_rules.signal_listeners(tmp_path, allowed={"stories/bridge.py"}) == []


def test_a_silenced_rule_without_code_or_reason_is_found(tmp_path):
    hush = "# noqa"
    lines = [hush, f"{hush}: S603", f"{hush}: S603 - starts what the test names"]
    write(tmp_path, {"src/a.py": "\n".join(f"x = 1  {line}" for line in lines)})

    assert len(source_rules.noqa_comments([tmp_path / "src"])) == 3
    assert source_rules.noqa_without_reason([tmp_path / "src"]) == [
        f"src/a.py:1: {hush}",
        f"src/a.py:2: {hush}: S603",
    ]


def test_names_of_a_machine_are_found(tmp_path):
    somebody = "/ho" + "me/ana/dateline"
    inside = "registry.news" + ".internal"
    text = f"see {somebody}\nfrom http://{inside}/x\non build-box-77\nin /home/dateline/var\n"
    write(tmp_path, {"notes.md": text})
    (tmp_path / "picture.jpg").write_bytes(b"\xff\xd8build-box-77")

    found = source_rules.machine_names(sorted(tmp_path.iterdir()), names={"build-box-77"})

    assert [line.split(": ")[0].rpartition(":")[2] for line in found] == ["1", "2", "3"]


@pytest.mark.parametrize(
    ("importer", "line", "allowed"),
    [
        ("stories.services", "from PAPER.wire.models import Item", False),
        ("stories.services", "from PAPER.wire import models", False),
        ("stories.views", "import PAPER.wire.adapters.folder", False),
        ("stories.handlers", "from PAPER.wire import handlers", False),
        ("stories.services", "from PAPER.wire import services", True),
        ("stories.services", "from PAPER.wire.queries import items", True),
        ("stories.services", "from PAPER.wire.domain.item import Kind", True),
        ("stories.handlers", "from PAPER.wire.events import ItemStored", True),
        ("stories.handlers", "from PAPER.edge import keys", True),
        ("stories.handlers", "from PAPER.edge import store", False),
        ("stories.services", "from PAPER import clock", True),
        ("project.subscriptions", "from PAPER.wire import handlers", True),
        ("project.settings", "from PAPER.wire import models", False),
        ("project.desk_urls", "from PAPER.wire import views", True),
        ("project.hosts", "from PAPER.wire import views", False),
        ("stories.migrations.0001_initial", "from PAPER.wire import models", True),
        ("wire.services", "from PAPER.wire import models", True),
    ],
)
def test_private_rooms_of_another_app_stay_closed(
    tmp_path, monkeypatch, request, importer, line, allowed
):
    paper = f"paper{abs(hash(request.node.name))}"
    rooms = ["services", "queries", "models", "views", "handlers", "events", "adapters/folder"]
    files = {f"wire/{room}.py": "def items(): ...\nItem = ItemStored = 1\n" for room in rooms}
    files |= {"wire/domain/item.py": "Kind = 1\n", "clock.py": "", "edge/keys.py": ""}
    files |= {"edge/store.py": "", f"{importer.replace('.', '/')}.py": line}
    packages = {parent for name in files for parent in (tmp_path / paper / name).parents}
    write(tmp_path / paper, {name: text.replace("PAPER", paper) for name, text in files.items()})
    for package in packages:
        if package.is_relative_to(tmp_path / paper):
            (package / "__init__.py").touch()
    monkeypatch.syspath_prepend(tmp_path)

    found = import_rules.private_imports(paper)

    assert [problem.split()[0] for problem in found] == ([] if allowed else [f"{paper}.{importer}"])


def write(tree, files):
    for name, text in files.items():
        path = tree / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if text is None:
            path.unlink()
        else:
            path.write_text(text)
