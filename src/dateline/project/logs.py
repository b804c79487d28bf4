"""Plain lines for people, or one JSON object a line, on standard error."""

import logging
import re
import sys
from http import HTTPStatus

import structlog
from structlog.typing import EventDict

# What they say at these levels is no news for an operator: a 404 is a reader's, not ours.
QUIET = {
    "asyncio": logging.WARNING,
    "PIL": logging.WARNING,
    "urllib3": logging.WARNING,
    "uvicorn": logging.WARNING,
    "django_tasks": logging.WARNING,  # two lines for each index that is brought up to date
    "django_tasks_db": logging.WARNING,
}
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
TOO_MANY = HTTPStatus.TOO_MANY_REQUESTS
EACH_DRAFT = "Edited: "  # how Wagtail begins a line for every autosave


def is_news(record: logging.LogRecord) -> bool:
    """Whether an operator should read it: what readers get is, each keystroke of a draft is not.

    Of requests that failed by their sender's fault, those are that tried what they may not, or too
    often.
    """
    if record.name == "django.request" and record.levelno < logging.ERROR:
        return getattr(record, "status_code", 0) in {HTTPStatus.FORBIDDEN, TOO_MANY}
    return record.name != "wagtail" or not str(record.msg).startswith(EACH_DRAFT)


def one_line(_logger: object, _method: str, event: EventDict) -> EventDict:
    """Write control characters of a library's message as escapes: nobody adds a line to the log."""
    event["event"] = CONTROL.sub(lambda found: repr(found[0])[1:-1], str(event["event"]))
    return event


def set_up(log_format: str = "plain", *, level: int = logging.INFO) -> None:
    """Send structlog and the standard library's logging to standard error as `log_format` says."""
    stamp = structlog.processors.TimeStamper(fmt="iso", utc=True)
    shared: list[structlog.types.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        stamp,
        structlog.processors.StackInfoRenderer(),
    ]
    if log_format == "json":
        ending: list[structlog.types.Processor] = [
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ]
    else:
        ending = [
            structlog.dev.ConsoleRenderer(
                colors=sys.stderr.isatty(),
                pad_event_to=0,
                exception_formatter=structlog.dev.plain_traceback,
            )
        ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.addFilter(is_news)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*shared, one_line],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *ending],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name, quiet in QUIET.items():
        logging.getLogger(name).setLevel(quiet)
