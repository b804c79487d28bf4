"""Facts as plain data: written to JSON, read back, and how long to wait before trying again."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from functools import cache, update_wrapper
from typing import Any, ClassVar, Protocol, TypeVar, get_type_hints

FIRST_WAIT = timedelta(seconds=5)
LONGEST_WAIT = timedelta(hours=1)
LEASE = timedelta(seconds=10)  # what a process killed in mid-handler delays its delivery by


class Fact(Protocol):
    """A past-tense frozen dataclass in an app's `events.py`."""

    __dataclass_fields__: ClassVar[dict[str, Any]]
    name: ClassVar[str]


F = TypeVar("F", bound=Fact)
Handler = Callable[[Any], None]


class Together:
    """A handler that is told of all the facts that wait for it at once, in their order.

    Called with one fact it is told of that one. Where many were told and it fails, each is told
    alone: what one fact asks for must not hang on another.
    """

    def __init__(self, many: Callable[[Sequence[Any]], None]) -> None:
        self.many = many
        update_wrapper(self, many)

    def __call__(self, fact: Any) -> None:
        """Hear one fact."""
        self.many([fact])


def together(many: Callable[[Sequence[Any]], None]) -> Together:
    """Make a handler of a function of several facts; see `Together`."""
    return Together(many)


@dataclass(frozen=True, slots=True)
class Hearers:
    """Who is told of one kind of fact, in order.

    `urgent` handlers run right after COMMIT in the process that made the change, and again from the
    worker if that process died first. `later` handlers run in the worker only. `unless` is asked
    first, in the transaction that records the fact: where it says True the fact is kept and nobody
    is told, which costs a question instead of a delivery. It must be sure for good: what it asks
    about must be locked against the change that records the fact.
    """

    urgent: tuple[Handler, ...] = ()
    later: tuple[Handler, ...] = ()
    unless: Callable[[Any], bool] | None = None


def encode(fact: Fact) -> dict[str, Any]:
    """Turn a fact into JSON-ready data; moments become ISO 8601 text with their offset."""
    return {field.name: _plain(getattr(fact, field.name)) for field in fields(fact)}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, tuple):
        return list(value)
    return value


def decode(kind: type[F], payload: dict[str, Any]) -> F:
    """Rebuild a fact of `kind` from what `encode` wrote.

    Keys that `kind` no longer has are left out, so that a fact recorded before an upgrade can still
    be delivered after it; a new field therefore needs a default.
    """
    hints = _hints(kind)
    known = {
        field.name: _typed(hints[field.name], payload[field.name])
        for field in fields(kind)
        if field.name in payload
    }
    return kind(**known)


@cache
def _hints(kind: type[Any]) -> dict[str, Any]:
    return get_type_hints(kind)


def _typed(hint: Any, value: Any) -> Any:
    if isinstance(value, str) and (hint is datetime or datetime in getattr(hint, "__args__", ())):
        return datetime.fromisoformat(value)
    return tuple(value) if isinstance(value, list) else value


def wait_after(attempts: int) -> timedelta:
    """How long to wait after the `attempts`-th failure: 5 s, doubling, at most an hour."""
    doublings = min(attempts - 1, 20)  # an hour is long before that
    return min(FIRST_WAIT * (1 << doublings), LONGEST_WAIT)


def handler_path(handler: Handler) -> str:
    """The dotted name under which a delivery remembers its handler."""
    named: Any = handler
    return f"{named.__module__}.{named.__qualname__}"
