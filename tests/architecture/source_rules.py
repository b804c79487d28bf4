"""Rules about source files that no linter knows. Each takes a tree and returns its problems."""

import ast
import functools
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

MODULE_LINES = 400
TEST_LINES = 500
FUNCTION_LINES = 40
NOQA_BUDGET = 40
DOCUMENTED_LAYERS = {"domain", "services", "queries", "adapters"}
VAGUE_NAMES = {"utils", "util", "core", "common", "helpers", "helper", "misc", "shared"}
OUTSIDE_WORLD = {"socket", "subprocess", "sqlite3", "http", "ftplib", "smtplib", "requests"}

# The only modules that may listen to a signal, and why nothing else would do.
SIGNAL_LISTENERS: dict[str, str] = {}

Problems = list[str]


def modules(tree: Path) -> Iterator[tuple[Path, ast.Module]]:
    """Every Python module below `tree` except migrations, with its syntax tree."""
    for path in sorted(tree.rglob("*.py")):
        if "migrations" not in path.parts:
            yield path.relative_to(tree), _parsed(path.read_text(encoding="utf-8"))


@functools.cache
def _parsed(text: str) -> ast.Module:
    return ast.parse(text)


def modules_without_docstring(tree: Path) -> Problems:
    """A module says in its first line what it owns. An empty `__init__` owns nothing."""
    return [
        f"{path}: the first line is not a docstring. Say in one sentence what the module owns."
        for path, module in modules(tree)
        if module.body and not (ast.get_docstring(module) or "").split("\n")[0].strip()
    ]


def functions_without_docstring(tree: Path) -> Problems:
    """Public functions of the layers that others call say what a type hint cannot."""
    return [
        f"{path}:{function.lineno}: {function.name} is public and has no docstring."
        for path, module in modules(tree)
        if DOCUMENTED_LAYERS & {*path.parts, path.stem}
        for function in module.body
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        and not function.name.startswith("_")
        and not ast.get_docstring(function)
    ]


def long_modules(tree: Path, *, limit: int = MODULE_LINES) -> Problems:
    """A module that needs a search box should be two."""
    found = []
    for path, _ in modules(tree):
        lines = len((tree / path).read_text(encoding="utf-8").splitlines())
        if lines > limit:
            found.append(f"{path}: {lines} lines; the limit is {limit}. Split it by subject.")
    return found


def long_functions(tree: Path) -> Problems:
    """Lines of a function without its docstring: what has to be held in the head at once."""
    found = []
    for path, module in modules(tree):
        for node in ast.walk(module):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = _code_lines(node)
                if lines > FUNCTION_LINES:
                    found.append(
                        f"{path}:{node.lineno}: {node.name} has {lines} lines; "
                        f"the limit is {FUNCTION_LINES}."
                    )
    return found


def _code_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    lines = (function.end_lineno or function.lineno) - function.lineno + 1
    if ast.get_docstring(function):
        text = function.body[0]
        lines -= (text.end_lineno or text.lineno) - text.lineno + 1
    return lines


def vague_names(tree: Path) -> Problems:
    """A room named after nothing fills up with everything."""
    return [
        f"{path}: '{name}' says nothing about what is inside. Name it after its subject."
        for path, _ in modules(tree)
        for name in (*path.parts[:-1], path.stem)
        if name in VAGUE_NAMES
    ]


def signal_listeners(tree: Path, *, allowed: set[str] | None = None) -> Problems:
    """Who imports signals could listen to them, and then order and failure are invisible."""
    allowed = set(SIGNAL_LISTENERS) if allowed is None else allowed
    return [
        f"{path}:{node.lineno}: imports {name}. Record a fact in the outbox and subscribe to it."
        for path, module in modules(tree)
        if path.as_posix() not in allowed
        for node in ast.walk(module)
        for name in _imported_names(node)
        if re.search(r"(^|\.)(signals|dispatch)(\.|$)", name)
    ]


def _imported_names(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        return [f"{node.module}.{alias.name}" for alias in node.names]
    return []


def domain_touching_the_world(tree: Path) -> Problems:
    """A domain computes: no files, no network, no clock of its own."""
    found = []
    for path, module in modules(tree):
        if not {"domain", "events"} & {*path.parts, path.stem}:
            continue
        for node in ast.walk(module):
            what = [n for n in _imported_names(node) if n.split(".")[0] in OUTSIDE_WORLD]
            if isinstance(node, ast.Call) and ast.unparse(node.func) in {
                "open",
                "datetime.now",
                "datetime.utcnow",
                "date.today",
                "time.time",
                "input",
            }:
                what.append(f"{ast.unparse(node.func)}()")
            found += [f"{path}:{node.lineno}: {name} does not belong in a domain." for name in what]
    return found


def noqa_comments(trees: list[Path]) -> list[str]:
    """Every silenced rule, as `file:line: comment`. Text that only speaks of one is not one."""
    found = []
    for tree in trees:
        for path in sorted(tree.rglob("*.py")):
            if "noqa" not in path.read_text(encoding="utf-8"):
                continue
            with tokenize.open(path) as file:
                for token in tokenize.generate_tokens(file.readline):
                    hush = re.search(r"#\s*noqa\b.*", token.string)
                    if token.type == tokenize.COMMENT and hush:
                        where = f"{path.relative_to(tree.parent)}:{token.start[0]}"
                        found.append(f"{where}: {hush[0]}")
    return found


def noqa_without_reason(trees: list[Path]) -> Problems:
    """A silenced rule names its code and gives the reason, or it is only noise turned off."""
    reasoned = re.compile(r"#\s*noqa: [A-Z]+\d+(, ?[A-Z]+\d+)*\s+\S+ ?\S+")
    return [line for line in noqa_comments(trees) if not reasoned.search(line)]


SOMEBODYS_MACHINE = re.compile(
    r"(?<![\w.])/(home/(?!dateline\b)[a-z]\w*|Users/[A-Za-z]\w*|root)/"
    r"|\b[a-z0-9-]+\.(internal|corp|lan|intranet)\b"
)


def machine_names(files: list[Path], *, names: set[str]) -> Problems:
    """Paths and hosts of one particular machine in committed text: `names`, or somebody's home."""
    found = []
    for path in files:
        try:
            text = path.read_text(encoding="utf-8")
        except (UnicodeDecodeError, FileNotFoundError, IsADirectoryError):
            continue  # a picture, or deleted and not yet committed
        for number, line in enumerate(text.splitlines(), 1):
            hits = [name for name in names if name in line]
            hits += [hit[0] for hit in SOMEBODYS_MACHINE.finditer(line)]
            found += [f"{path}:{number}: names {hit!r}, which is one machine's." for hit in hits]
    return found
