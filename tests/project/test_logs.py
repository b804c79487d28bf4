"""Logs: plain lines for people, or one JSON object a line."""

import json
import logging
import re

import pytest
import structlog
from django.http import HttpResponse
from django.utils.log import log_response

from dateline.project import logs
from dateline.stories.services.publishing import publish_story
from tests.factories.newsroom import a_draft, a_masthead


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


@pytest.mark.parametrize("log_format", ["plain", "json"])
def test_nobody_adds_a_line_to_the_log(capsys, log_format):
    logs.set_up(log_format)

    logging.getLogger("library").warning("Bad host %s", "a\nsigned_in user=1\x1b[2K")
    structlog.get_logger("dateline.x").warning("bad", host="a\nsigned_in user=1\x1b[2K")

    lines = capsys.readouterr().err
    assert lines.count("\n") == 2
    assert "\x1b" not in lines


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


@pytest.mark.parametrize(("status", "told"), [(403, 1), (429, 1), (404, 0), (405, 0), (422, 0)])
def test_who_tries_what_they_may_not_or_too_often_is_news(capsys, status, told):
    logs.set_up("plain")
    answer = HttpResponse(status=status)

    log_response("%s: %s", answer.reason_phrase, "/x", response=answer)

    assert capsys.readouterr().err.count("/x") == told


def test_an_index_brought_up_to_date_is_no_news_but_a_task_that_failed_is(capsys):
    logs.set_up("plain")

    logging.getLogger("django_tasks").info("Task id=%s path=%s state=%s", 1, "x", "RUNNING")
    logging.getLogger("django_tasks").error("Task id=%s path=%s state=%s", 2, "x", "FAILED")

    line = capsys.readouterr().err
    assert "id=2 path=x state=FAILED" in line
    assert line.count("\n") == 1


@pytest.mark.django_db
def test_a_draft_saved_is_no_news_but_what_readers_get_is(capsys):
    a_masthead()
    story = a_draft("Ferry returns")
    logs.set_up("plain")

    story.save_revision()
    publish_story(story.pk, by="Ana")

    assert re.findall(r"(\w+): \"Ferry returns\"", capsys.readouterr().err) == ["Published"]


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
