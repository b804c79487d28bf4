"""JSON from strangers: no repeated names, no bombs, within bounds."""

import json
from typing import Any

from dateline.wire.domain.errors import WireFormatError

MAX_DEPTH = 100  # levels; the deepest real item we know has 8


def parse(data: bytes, *, source: str) -> Any:
    """Return the value of a JSON document in UTF-8, UTF-16 or UTF-32, with or without a mark.

    A name given twice in one object is refused, since readers would disagree which one counts.

    Raises:
        WireFormatError: not JSON, cut off, wrongly encoded, nested too deeply, a name twice.

    """
    try:
        value = json.loads(data, object_pairs_hook=_once, parse_constant=_no_constant)
    except UnicodeDecodeError as error:
        raise WireFormatError(
            source, "(document)",
            f"it has bytes that its encoding does not allow. Ask for it again ({error.reason} at "
            f"byte {error.start}).",
        ) from error  # fmt: skip
    except json.JSONDecodeError as error:
        raise WireFormatError(source, "(document)", _what_is_wrong(error)) from error
    except RecursionError as error:
        raise WireFormatError(source, "(document)", _TOO_DEEP) from error
    except ValueError as error:
        raise WireFormatError(
            source, "(document)", f"it is not JSON we can read ({error})."
        ) from error
    if not _within(value, MAX_DEPTH):
        raise WireFormatError(source, "(document)", _TOO_DEEP)
    return value


_TOO_DEEP = f"its objects are nested more than {MAX_DEPTH} levels deep."


def _what_is_wrong(error: json.JSONDecodeError) -> str:
    where = f"line {error.lineno}, column {error.colno}: {error.msg}"
    if not error.doc[error.pos :].strip() or "Unterminated string" in error.msg:
        return f"it ends too early, so it was cut off. Ask for it again ({where})."
    return f"it is not JSON ({where})."


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values = dict(pairs)
    if len(values) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"{twice[:60]!r} is given twice in one object")
    return values


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is not a JSON number")


def _within(value: Any, levels: int) -> bool:
    """Say whether a value is nested at most so deep. Never recurses deeper than `levels`."""
    if isinstance(value, dict):
        value = list(value.values())
    if not isinstance(value, list):
        return True
    return levels > 0 and all(_within(one, levels - 1) for one in value)
