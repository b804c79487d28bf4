"""What keeps a campaign, a creative or an ads.txt from readers, in sentences."""

import pytest

from dateline.promos.domain import ads_txt
from dateline.promos.domain.checks import (
    Draft,
    problems_of_creative,
    problems_of_terms,
    problems_of_url,
)
from dateline.promos.domain.errors import Unfit
from dateline.promos.domain.kinds import MOVES, Label, State, Verb, moves_from
from dateline.promos.domain.words import ENGLISH, JAPANESE, label_text, words_for

SOUND = {
    "kind": "offer", "headline": "A SIM for every trip", "text": "22 % off.", "cta": "Learn more",
    "target_url": "https://sim.example/japan?c=1", "code": "TRIP22", "has_picture": True,
    "alt": "A phone on a train",
}  # fmt: skip
TERMS = {"tier": "share", "label": "sponsored", "goal": None, "weight": 1, "has_advertiser": True}


@pytest.mark.parametrize(
    ("wrong", "problem"),
    [
        ({"kind": "banner"}, "no kind of creative 'banner'"),
        ({"headline": "  "}, "needs a headline"),
        ({"headline": "x" * 71}, "headline is 71 letters wide; 70 fit"),
        ({"headline": "旅" * 36}, "headline is 72 letters wide"),
        ({"text": "x" * 141}, "text is 141"),
        ({"code": ""}, "needs the code"),
        ({"code": "trip 22"}, "capital letters"),
        ({"alt": " "}, "says what it shows"),
        ({"target_url": "javascript:alert(1)"}, "must begin with https://"),
    ],
)
def test_a_creative_says_what_is_wrong_with_it(wrong, problem):
    (found,) = problems_of_creative(Draft(**{**SOUND, **wrong}))

    assert problem in found


@pytest.mark.parametrize(
    "fine",
    [{}, {"kind": "card", "code": ""}, {"has_picture": False, "alt": ""}],
)
def test_a_sound_creative_has_no_problem(fine):
    assert problems_of_creative(Draft(**{**SOUND, **fine})) == []


@pytest.mark.parametrize(
    ("url", "problem"),
    [
        ("javascript:alert(1)", "found 'javascript'"),
        ("JaVaScRiPt://sim.example/%0aalert(1)", "found 'javascript'"),
        ("data:text/html,x", "found 'data'"),
        ("//sim.example/", "found 'nothing'"),
        ("", "found 'nothing'"),
        ("https://sim.example/a b", "spaces"),
        ("https://sim.example\\@evil.example/", "signs"),
        ("java\nscript:alert(1)", "spaces"),
        ("https://" + "x" * 2000, "too long"),
        ("https://ana:secret@sim.example/", "name or password"),
        ("https://[::1", "is no address"),
        ("https://sim.example:99999/", "is no address"),
        ("https://sim.example:0/", "not the name of a host"),
        ("https://127.0.0.1/", "not the name of a host"),
        ("https:///path", "not the name of a host"),
        ("https://localhost/", "not the name of a host"),
    ],
)
def test_an_offer_leads_only_to_named_hosts_on_the_web(url, problem):
    (found,) = problems_of_url(url)

    assert problem in found


@pytest.mark.parametrize("url", ["https://sim.example/", "http://slow-rails.localhost:8000/x"])
def test_an_offer_may_lead_to_another_site(url):
    assert problems_of_url(url) == []


@pytest.mark.parametrize(
    ("wrong", "problem"),
    [
        ({"has_advertiser": False}, "no advertiser"),
        ({"label": ""}, "no label"),
        ({"label": "advertorial"}, "no label"),
        ({"tier": "remnant"}, "no tier 'remnant'"),
        ({"tier": "house"}, "go together"),
        ({"label": "house"}, "go together"),
        ({"tier": "guaranteed"}, "needs a goal"),
        ({"goal": 10}, "Only a guaranteed"),
        ({"weight": 0}, "Weights"),
        ({"tier": "guaranteed", "goal": 2_000_000_000}, "Weights"),
    ],
)
def test_terms_that_cannot_be_are_told(wrong, problem):
    (found,) = problems_of_terms(**{**TERMS, **wrong})

    assert problem in found


@pytest.mark.parametrize(
    "fine", [{}, {"tier": "guaranteed", "goal": 9}, {"tier": "house", "label": "house"}]
)
def test_sound_terms_have_no_problem(fine):
    assert problems_of_terms(**{**TERMS, **fine}) == []


def test_a_refusal_says_all_of_its_problems():
    assert str(Unfit(["It has no label.", "It has no days."])) == "It has no label. It has no days."


def test_every_state_but_killed_can_be_killed_and_nothing_leaves_that():
    assert {state for state in State if Verb.KILL in moves_from(state)} == set(State) - {
        State.KILLED
    }
    assert moves_from(State.KILLED) == []
    assert moves_from(State.APPROVED) == [Verb.RETURN, Verb.PAUSE, Verb.END, Verb.KILL]
    assert MOVES[Verb.APPROVE] == (frozenset({State.SUBMITTED}), State.APPROVED)


@pytest.mark.parametrize("label", Label)
@pytest.mark.parametrize("language", ["en", "ja", "fr"])
def test_every_label_is_words_in_every_language(label, language):
    text = label_text(label, language=language, advertiser="Kumo SIM", masthead="The Musashi Daily")

    assert text.strip()
    assert ("Kumo SIM" in text) == (label == Label.PROMOTED)
    assert ("Musashi" in text) == (label == Label.HOUSE)


def test_both_languages_have_the_same_words():
    assert ENGLISH.keys() == JAPANESE.keys()
    assert words_for("ja-JP") is JAPANESE


@pytest.mark.parametrize(
    "line",
    [
        "google.example, pub-1, DIRECT, f08c47fec0942fa0",
        "ads.example,1,reseller # a note",
        "ads.example,1,DIRECT;ext",
        "# only a note",
        "",
        "CONTACT=ads@musashi.example",
        "ownerdomain=musashi.example",
        "MANAGERDOMAIN=manager.example, JP",
    ],
)
def test_sound_lines_of_ads_txt_pass(line):
    assert ads_txt.problems_of(line) == []


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("ads.example, 1", "Line 1: expected"),
        ("a.example,1,DIRECT,x,y", "Line 1: expected"),
        ("nodomain, 1, DIRECT", "'nodomain' is no domain"),
        ("ads.example, , DIRECT", "account is missing"),
        ("ads.example, 1, BOTH", "found 'BOTH'"),
        ("COLOUR=red", "no variable 'COLOUR'"),
        ("OWNERDOMAIN=", "has no value"),
        ("OWNERDOMAIN=nodomain", "is no domain"),
        ("OWNERDOMAIN=a.example\nOWNERDOMAIN=b.example", "Line 2: OWNERDOMAIN stands twice"),
        ("x" * 100_001, "100,000 at most"),
    ],
)
def test_a_wrong_line_of_ads_txt_is_told_by_its_number(line, problem):
    (found,) = ads_txt.problems_of(line)

    assert problem in found
