"""Why a notice in words is thought to mean a story, and what it is not thought to mean."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.stories.domain.resemblance import Notice, Suspect, shares_a_passage, why

PASSAGE = "The ferry Marigold came back to the harbour at noon after two days at sea."
JA_PASSAGE = (
    "フェリー「マリーゴールド」は二日ぶりに港へ戻り、市場は正午に再び開いたと港湾局が発表した。"
)


def notice(**fields):
    return Notice(**{"family": "urn:kna:kill", **fields})


def suspect(**fields):
    return Suspect(**{"families": frozenset({"urn:kna:1"}), **fields})


def reasons(one, other):
    return [(reason.sentence, reason.strong) for reason in why(one, other)]


@pytest.mark.parametrize(
    ("said", "known", "sentence", "strong"),
    [
        ({"family": "urn:kna:1"}, {}, "is a version of the same agency item", True),
        ({"related": frozenset({"urn:kna:1"})}, {}, "points to this agency item", True),
        (
            {"slugline": "FERRY-RETURN-KILL"}, {"sluglines": ("FERRY/RETURN",)},
            "has its slugline, FERRY/RETURN", True,
        ),
        (
            {"words": "Please kill Ferry-Return, V9991."}, {"sluglines": ("FERRY-RETURN",)},
            "names its slugline, FERRY-RETURN", True,
        ),
        (
            {"named": "FERRY, V9991"}, {"sluglines": ("FERRY",)},
            "Its slugline, FERRY, is like", False,
        ),
        (
            {"slugline": "FERRY-RETURN-NOON"}, {"sluglines": ("FERRY-RETURN",)},
            "Its slugline, FERRY-RETURN, is like", False,
        ),
        (
            {"words": "Please kill 'Marigold sails home' of 10:15."},
            {"headlines": ("Marigold sails home",)},
            "quotes its headline, “Marigold sails home”", True,
        ),
        (
            {"heading": "KILL: Marigold sails home tonight"},
            {"headlines": ("Ferry Marigold sails home",)},
            "Its headline, “Ferry Marigold sails home”, is like", False,
        ),
        (
            {"words": f"The passage reads: {PASSAGE}"}, {"text": f"{PASSAGE} More follows."},
            "A passage of its text stands in the notice", False,
        ),
        (
            {"words": "【記事取り消し】フェリー帰港、市場再開"},
            {"headlines": ("フェリー帰港、市場再開",)},
            "quotes its headline", True,
        ),
        (
            {"words": f"次の記事を取り消します。{JA_PASSAGE}"}, {"text": JA_PASSAGE},
            "A passage of its text", False,
        ),
    ],
)  # fmt: skip
def test_each_reason_is_a_sentence(said, known, sentence, strong):
    (reason, *_) = why(notice(**said), suspect(**known))

    assert sentence in reason.sentence
    assert reason.strong is strong


@pytest.mark.parametrize(
    ("said", "known"),
    [
        ({}, {}),
        ({"words": "Please kill the story."}, {"headlines": ("Kill", "Please kill")}),
        ({"slugline": "KILL"}, {"sluglines": ("KILL",)}),
        ({"words": "The ferry is late."}, {"sluglines": ("FERRY",)}),
        ({"heading": "KILL: Marigold sails"}, {"headlines": ("Marigold sinks at quay",)}),
        ({"words": "The market opened."}, {"text": "The market opened. It closed."}),
        ({"words": "記事を取り消します。"}, {"headlines": ("記事",), "text": "記事です。"}),
    ],
)
def test_what_only_sounds_alike_is_not_meant(said, known):
    assert reasons(notice(**said), suspect(**known)) == []


def test_what_the_notice_says_itself_comes_first():
    found = why(
        notice(heading="KILL: Marigold sails home", family="urn:kna:1"),
        suspect(headlines=("Marigold sails home now",)),
    )

    assert [one.strong for one in found] == [True, False]


@pytest.mark.parametrize(
    ("said", "means_one"),
    [
        ({"heading": "Photo kill: Marigold"}, True),
        ({"heading": "【写真取り消し】マリーゴールド"}, True),
        ({"named": "das Bild der Fähre"}, True),
        ({"is_picture": True}, True),
        ({"heading": "KILL: Marigold", "words": "Its photo shows a quay."}, False),
    ],
)
def test_a_notice_about_a_picture_is_told_from_one_about_a_story(said, means_one):
    assert notice(**said).means_a_picture is means_one


@given(st.text(max_size=120), st.text(max_size=120))
def test_every_text_can_be_compared_in_both_directions(one, other):
    assert shares_a_passage(one, other) is shares_a_passage(other, one)
    assert shares_a_passage(f"{PASSAGE} {one}", f"{other} {PASSAGE}")
    why(notice(words=one, heading=one), suspect(headlines=(other,), text=other))
