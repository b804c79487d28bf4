"""Logs: plain lines for people, or one JSON object a line."""

import json
import logging

import pytest
import structlog

from dateline.project import logs


def test_plain_lines_name_what_happened(capsys):
    logs.set_up("plain")

    structlog.get_logger("dateline.x").info("kill delivered", story=4)

    line = capsys.readouterr().err
    assert "kill delivered" in line
    assert "story=4" in line
    assert "dateline.x" in line


def test_json_lines_can_be_read_by_a_machine(capsys):
    logs.set_up("json")

    logging.getLogger("library").warning("café %s", 5)
    structlog.get_logger("dateline.x").info("done", story=4)

    first, second = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert (first["event"], first["level"], first["logger"]) == ("café 5", "warning", "library")
    assert (second["event"], second["story"]) == ("done", 4)
    assert second["timestamp"].endswith("Z")


def test_a_traceback_is_kept(capsys):
    logs.set_up("json")
    try:
        {}["lost"]
    except KeyError:
        structlog.get_logger("x").exception("failed")

    assert "KeyError: 'lost'" in json.loads(capsys.readouterr().err)["exception"]


def test_a_reader_s_404_is_no_news(capsys):
    logs.set_up("plain")

    logging.getLogger("django.request").warning("Not Found: /x")
    logging.getLogger("django.request").error("Internal Server Error: /x")

    assert capsys.readouterr().err.count("\n") == 1


@pytest.fixture(autouse=True)
def as_before():
    root = logging.getLogger()
    kept, level = [*root.handlers], root.level
    config = structlog.get_config()
    yield
    root.handlers[:], root.level = kept, level
    structlog.configure(**config)
    for name in logs.QUIET:
        logging.getLogger(name).setLevel(logging.NOTSET)
