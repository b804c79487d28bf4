"""dpa's digitalwires: what null means, what only editors see, and generations nobody knows."""

import json

import pytest

from dateline.wire.domain import digitalwires
from tests.wire.domain.reading import read, read_one

BASE = {
    "format": "digitalwires@0.9.1", "urn": "urn:newsml:dpa.com:20090101:261120-930-1",
    "version": 1, "pubstatus": "usable", "embargoed": None, "headline": "Fähre fährt wieder",
    "article_html": "<p>Sie fährt.</p>", "ednotes": None, "descriptions": None,
}  # fmt: skip


def item(**change):
    return read_one(json.dumps(BASE | change))


def test_null_means_no_embargo_and_nothing_else_does():
    assert (item().usability, item().embargo_until) == ("usable", None)
    assert item(embargoed="").usability == "held"
    assert item(embargoed="bald").usability == "held"


def test_an_embargo_that_only_a_note_tells_of_holds():
    told = [{"role": "dpaednoterole:embargo", "ednote": "Sperrfrist 19.00 Uhr"}]

    assert item(ednotes=told).usability == "held"
    assert item(ednotes=told, embargoed="2026-11-20T19:00:00+01:00").usability == "usable"


@pytest.mark.parametrize(("status", "usability"), [(None, "held"), ("canceled", "killed")])
def test_a_status_is_never_overlooked(status, usability):
    assert item(pubstatus=status).usability == usability


@pytest.mark.parametrize("name", ["digitalwires@1.0.0", "digitalwires@0.10.0"])
def test_a_generation_nobody_knows_holds(name):
    assert "which Dateline does not know" in item(format=name).reason


def test_a_name_that_only_looks_like_an_embargo_holds():
    assert "'embargo_end'" in item(embargo_end=None).reason


def test_no_note_reaches_the_body_with_or_without_a_notepad():
    pad = {"public_html": "<p>Bilder sind da.</p>", "nonpublic_html": "<p>0101</p>"}
    one = item(notepad=pad, ednotes=[{"ednote": "fp an"}])

    assert one.body_text == "Sie fährt."
    assert one.ed_note == "fp an\nBilder sind da.\n0101"
    assert item(notepad=None).ed_note is None


def test_a_picture_is_one_whose_own_urn_it_has():
    picture = {"type": "image", "urn": BASE["urn"], "caption": "Kurz", "renditions": []}

    assert item(article_html=None, associations=[picture]).kind == "picture"
    assert item(associations=[picture]).kind == "text"
    assert item(article_html=None).kind == "text"
    (shown,) = item(article_html=None, associations=[picture]).pictures
    assert (shown.caption, shown.href) == ("Kurz", None)


def test_one_list_and_a_queue_s_answer_are_read_alike():
    other = BASE | {"urn": "urn:x:2"}

    for sent in ([BASE, other], {"entries": [BASE, other]}):
        assert [one.family for one in read(json.dumps(sent))] == [BASE["urn"], "urn:x:2"]


@pytest.mark.parametrize("other", [[], ["x"], {"format": None}, {"entries": [{}]}, 3])
def test_what_is_none_is_told_apart(other):
    assert not digitalwires.looks_like(other)
