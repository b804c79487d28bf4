"""Each rule says yes, wait or no, with a reason; the list runs them in order."""

from dataclasses import replace
from datetime import timedelta

import pytest

from dateline.discussion.domain.status import Door, WordKind
from dateline.discussion.domain.threads import Standing
from dateline.discussion.domain.words import Listed, WordList
from dateline.discussion.phases import PHASES, PHASES_OF_AN_EDIT, person, place, text
from dateline.discussion.phases.case import Answer, Author, Case, Finding, HouseRules, judge
from tests.factories.discussion import MINUTE, NOON

CALM = Case(text="The ferry came back at noon.", at=NOON)
SECOND = timedelta(seconds=1)
WORDS = WordList([Listed("lout", WordKind.BANNED), Listed("rumour", WordKind.SUSPECT)])
LINK = "https://a.example/x"


class Loud:
    name = "loud"

    def score(self, text):
        return 0.8


@pytest.mark.parametrize(
    ("phase", "changes", "answer", "reason"),
    [
        (text.length, {"text": ""}, "refuse", "There is no text yet."),
        (text.length, {"text": "a"}, "allow", ""),
        (text.length, {"text": "a" * 5_000}, "allow", ""),
        (text.length, {"text": "a" * 5_001}, "refuse", "That is 5,001 characters"),
        (text.links, {"text": f"{LINK} {LINK}"}, "allow", ""),
        (text.links, {"text": f"{LINK} " * 3}, "hold", "3 links; 2 are let through."),
        (text.links, {"text": LINK * 3, "rules": HouseRules(most_links=0)}, "allow", ""),
        (text.words, {"text": "A lout.", "words": WORDS}, "refuse", "There is a word in it"),
        (text.words, {"text": "A rumour.", "words": WORDS}, "hold", "Listed: rumour."),
        (text.words, {"words": WORDS}, "allow", ""),
        (text.spam, {"text": f"Look {LINK}"}, "allow", ""),
        (text.spam, {"text": f"Look here {LINK} {LINK}"}, "hold", "2 links in 2 words."),
        (text.spam, {"text": "fe\u200brry " * 4}, "hold", "4 characters that nobody sees."),
        (text.spam, {"text": "fe\u200brry " * 3}, "allow", ""),
        (text.spam, {"text": "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466" * 3}, "allow", ""),
        (text.score, {"scorers": [Loud()]}, "hold", "loud: 80 of 100."),
        (text.score, {"scorers": [Loud()], "rules": HouseRules(hold_score_percent=81)}, "allow", ""),
        (text.score, {"scorers": [Loud()], "rules": HouseRules(hold_score_percent=0)}, "allow", ""),
        (place.closed, {"door": Standing(Door.CLOSED, "Closed.")}, "refuse", "Closed."),
        (place.closed, {"door": Standing(Door.HELD, "Held.")}, "allow", ""),
        (place.held_thread, {"door": Standing(Door.HELD, "Held.")}, "hold", "Every comment of this"),
        (place.held_thread, {}, "allow", ""),
        (place.rate, {"recent": [NOON - 2 * SECOND]}, "refuse", "You posted a moment ago. Wait 3"),
        (place.rate, {"recent": [NOON - 3 * SECOND]}, "allow", ""),
        (place.rate, {"recent": [NOON - 9 * SECOND] * 6}, "refuse", "6 comments within a minute"),
        (place.rate, {"recent": [NOON - MINUTE] * 6}, "allow", ""),
        (place.rate, {"recent": [NOON - 9 * SECOND] * 9, "rules": HouseRules(most_in_minute=0)}, "allow", ""),
        (person.standing, {}, "allow", ""),
        (person.standing, {"author": Author(banned=True)}, "refuse", "You may not comment here any"),
        (person.standing, {"author": Author(suspended_until=NOON + MINUTE)}, "refuse", "You may comment here again from 20 November 2026, 12:01 UTC."),
        (person.standing, {"author": Author(suspended_until=NOON)}, "allow", ""),
        (person.repeat, {"own_repeats": True}, "refuse", "You posted this text today already."),
        (person.repeat, {"others_repeats": 2}, "allow", ""),
        (person.repeat, {"others_repeats": 3}, "hold", "3 others posted this within an hour."),
        (person.new_reader, {"rules": HouseRules(premoderate_first=2), "author": Author(approved=1)}, "hold", "1 of the first 2 approved so far."),
        (person.new_reader, {"rules": HouseRules(premoderate_first=2), "author": Author(approved=2)}, "allow", ""),
        (person.history, {"author": Author(judged=10, removed=3)}, "hold", "3 of the last 10 were removed."),
        (person.history, {"author": Author(judged=10, removed=2)}, "allow", ""),
        (person.history, {"author": Author(judged=4, removed=4)}, "allow", ""),
        (person.history, {"author": Author(judged=9, removed=9), "rules": HouseRules(hold_removed_percent=0)}, "allow", ""),
    ],
)  # fmt: skip
def test_a_rule_answers_with_a_reason(phase, changes, answer, reason):
    found = phase(replace(CALM, **changes))

    assert found.answer == answer
    assert found.reason.startswith(reason)
    assert bool(found.reason) == (answer != "allow")


def test_a_calm_comment_passes_every_rule():
    found = judge(CALM, PHASES)

    assert (found.answer, found.reasons, found.decisive) == (Answer.ALLOW, (), "")
    assert [name for name, _, _ in found.ran] == [phase.__name__ for phase in PHASES]


def test_the_first_that_refuses_ends_the_run():
    loud = replace(CALM, text="A lout.", words=WORDS, recent=[NOON])

    found = judge(loud, PHASES)

    assert (found.answer, found.decisive) == (Answer.REFUSE, "rate")
    assert [name for name, _, _ in found.ran] == ["length", "closed", "standing", "rate"]


def test_reasons_to_hold_are_collected():
    loud = replace(CALM, text=f"A rumour: {LINK} {LINK} {LINK}", words=WORDS)

    found = judge(loud, PHASES)

    assert (found.answer, found.decisive) == (Answer.HOLD, "words")
    assert found.reasons == (
        "Listed: rumour.",
        "3 links; 2 are let through.",
        "3 links in 2 words.",
    )


def test_a_refusal_after_a_hold_is_a_refusal():
    def holds(case):
        return Finding(Answer.HOLD, "wait")

    def refuses(case):
        return Finding(Answer.REFUSE, "no")

    found = judge(CALM, (holds, refuses))

    assert (found.answer, found.reasons, found.decisive) == (Answer.REFUSE, ("no",), "refuses")


def test_an_edit_is_not_slowed_and_may_repeat():
    again = replace(CALM, recent=[NOON], own_repeats=True, author=Author(judged=9, removed=9))

    assert judge(again, PHASES_OF_AN_EDIT).answer is Answer.ALLOW
    assert set(PHASES_OF_AN_EDIT) < set(PHASES)
