"""Writes the reference pages that follow the code, at every build, so that they cannot rot."""

import argparse
import ast
import dataclasses
import importlib
import inspect
import os
import re
import tempfile
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src/dateline"
TARGET = ROOT / "docs/reference/_generated"
DJANGOS_OWN = {
    *("version", "verbosity", "settings", "pythonpath", "traceback"),
    *("no_color", "force_color", "skip_checks"),
}


def setup(app: Any) -> dict[str, bool]:
    """Let Sphinx call us before it reads the first page."""
    app.connect("builder-inited", lambda _: write(TARGET))
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def write(target: Path) -> None:
    """Write every generated page, leaving alone what has not changed."""
    start_django()
    target.mkdir(parents=True, exist_ok=True)
    for name, page in PAGES.items():
        path, text = target / f"{name}.md", page()
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")


def start_django() -> None:
    """Subscriptions and commands need the settings; the documentation needs no data."""
    os.environ.setdefault("DATELINE_DATA_DIR", tempfile.mkdtemp(prefix="dateline-docs-"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dateline.project.settings")
    importlib.import_module("dateline")
    importlib.import_module("django").setup()


# Events


def events_page() -> str:
    """Each fact: what it means, what it carries, who hears it and in which order."""
    hearers = importlib.import_module("dateline.project.subscriptions").SUBSCRIPTIONS
    parts = []
    for fact in sorted(facts(), key=lambda fact: fact.name):
        parts += [f"## {fact.name}", "", f"`{fact.__module__}.{fact.__name__}`", ""]
        parts += [inspect.cleandoc(fact.__doc__ or ""), "", "| field | type |", "| --- | --- |"]
        for field in dataclasses.fields(fact):
            parts.append(f"| `{field.name}` | `{_type(field.type)}` |")
        parts += ["", *_hearers(hearers.get(fact)), ""]
    return "\n".join(parts)


def facts() -> Iterator[type[Any]]:
    """Every fact class of every `events.py`."""
    for path in sorted(SOURCE.glob("*/events.py")):
        module = importlib.import_module(f"dateline.{path.parent.name}.events")
        for _, kind in inspect.getmembers(module, inspect.isclass):
            if kind.__module__ == module.__name__ and hasattr(kind, "name"):
                yield kind


def _type(annotation: Any) -> str:
    return annotation.__name__ if isinstance(annotation, type) else str(annotation)


def _hearers(hearers: Any) -> list[str]:
    lines = []
    for lane in ("urgent", "later"):
        if handlers := getattr(hearers, lane, ()):
            lines += [f"{lane.capitalize()}, in this order:", ""]
            lines += [f"1. `{_handler(handler)}`" for handler in handlers]
            lines.append("")
    return lines or ["Nobody hears it yet."]


def _handler(handler: Callable[..., Any]) -> str:
    return f"{handler.__module__}.{handler.__name__}".removeprefix("dateline.")


# Layers


def layers_page() -> str:
    """The import contracts as pyproject.toml states them."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    by_id = {c["id"]: c for c in contracts["tool"]["importlinter"]["contracts"]}
    parts = []
    for key in ("apps", "inside"):
        parts += [
            f"## {by_id[key]['name']}",
            "",
            "High to low; `|` means may not see each other.",
            "",
        ]
        parts += ["```text", *(_layer(line) for line in by_id[key]["layers"]), "```", ""]
    plain = by_id["plain"]
    parts += [f"## {plain['name']}", "", "| may not import | |", "| --- | --- |"]
    allowed = ", ".join(f"`{name}`" for name in plain["forbidden_modules"])
    parts += [f"| `{name}` | {allowed} |" for name in plain["source_modules"]]
    return "\n".join(parts) + "\n"


def _layer(line: str) -> str:
    return line.replace("(", "").replace(")", "").replace(" | ", " · ")


# Errors


def errors_page() -> str:
    """Every numbered message, found where the code says it."""
    found: dict[str, list[str]] = {}
    for path in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            for code, text in _messages(node):
                said = found.setdefault(code, [])
                said += [text] if text and text not in said else []
    parts = ["| number | what it says |", "| --- | --- |"]
    for code, said in sorted(found.items()):
        # The parts of a formatted text are found once more by themselves.
        whole = [text for text in said if not any(text != t and t.startswith(text) for t in said)]
        parts.append(f"| `dateline.{code}` | {'<br>'.join(whole)} |")
    return "\n".join(parts) + "\n"


def _messages(node: ast.AST) -> Iterator[tuple[str, str]]:
    if isinstance(node, ast.Constant | ast.JoinedStr):
        if begun := re.match(r"dateline\.([EW]\d{3}): (.+)", _words(node), re.DOTALL):
            yield begun[1], _cell(begun[2])
    elif isinstance(node, ast.Call):
        words = [_words(argument) for argument in node.args]
        for position, word in enumerate(words[:-1]):
            for code in re.findall(r"dateline\.([EW]\d{3})(?!\d|:)", word):
                yield code, _cell(words[position + 1])


def _words(node: ast.AST) -> str:
    """The text of a string literal, with each computed part as its expression in braces."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    if isinstance(node, ast.IfExp):
        return f"{_words(node.body)} {_words(node.orelse)}"
    if isinstance(node, ast.JoinedStr):
        return "".join(
            _words(part) if isinstance(part, ast.Constant) else f"{{{ast.unparse(part.value)}}}"
            for part in node.values
            if isinstance(part, ast.Constant | ast.FormattedValue)
        )
    return ""


def _cell(text: str) -> str:
    """One table cell: a pipe would end it, and an angle bracket outside code is not HTML."""
    spans = " ".join(text.split()).replace("|", "\\|").split("`")
    spans[::2] = [span.replace("<", "&lt;") for span in spans[::2]]
    return "`".join(spans)


# Settings and commands


def settings_page() -> str:
    """Each DATELINE_* variable with its default and meaning."""
    config = importlib.import_module("dateline.project.config").Config
    parts = ["| variable | default | meaning |", "| --- | --- | --- |"]
    for variable, name in config.names().items():
        field = config.model_fields[name]
        default = "" if field.default in (None, "", ()) else f"`{field.default}`"
        parts.append(f"| `{variable}` | {default} | {_cell(field.description or '')} |")
    return "\n".join(parts) + "\n"


def commands_page() -> str:
    """What `dateline <command> --help` prints, for each command of the product."""
    load = importlib.import_module("django.core.management").load_command_class
    os.environ["COLUMNS"] = "90"
    parts = []
    for path in sorted(SOURCE.glob("*/management/commands/*.py"), key=lambda path: path.stem):
        if path.stem.startswith("_"):
            continue
        parser = load(f"dateline.{path.parents[2].name}", path.stem).create_parser(
            "dateline", path.stem
        )
        parts += [f"## dateline {path.stem}", ""]
        for one in (parser, *_verbs(parser)):
            parts += ["```text", _help(one), "```", ""]
    return "\n".join(parts)


def _verbs(parser: argparse.ArgumentParser) -> list[argparse.ArgumentParser]:
    """The parsers of `dateline wire inspect` and its like."""
    return [
        verb
        for action in parser._actions  # noqa: SLF001 - argparse has no public way to ask
        if isinstance(action, argparse._SubParsersAction)  # noqa: SLF001 - as above
        for verb in action.choices.values()
    ]


def _help(parser: argparse.ArgumentParser) -> str:
    """What --help prints, without the options that every Django command has."""
    for action in parser._actions:  # noqa: SLF001 - as above
        if action.dest in DJANGOS_OWN:
            action.help = argparse.SUPPRESS
    return parser.format_help().rstrip()


PAGES: dict[str, Callable[[], str]] = {
    "events": events_page,
    "layers": layers_page,
    "errors": errors_page,
    "settings": settings_page,
    "commands": commands_page,
}
