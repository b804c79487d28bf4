"""Listed words are found in any disguise, and in no other word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.discussion.domain.folding import fold
from dateline.discussion.domain.status import WordKind
from dateline.discussion.domain.words import Listed, WordList

LISTED = [
    Listed("scoundrel", WordKind.BANNED),
    Listed("idiot*", WordKind.SUSPECT),
    Listed("class action", WordKind.SUSPECT),
    Listed("ばか", WordKind.BANNED),
    Listed("詐欺師", WordKind.SUSPECT),
    Listed("lout", WordKind.SUSPECT),
]
LIST = WordList(LISTED)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("A scoundrel!", ["scoundrel"]),
        ("SCOUNDREL", ["scoundrel"]),
        ("sc0undr3l", ["scoundrel"]),
        ("$coundrel.", ["scoundrel"]),
        ("scoundre1", ["scoundrel"]),
        ("scoundre!x", []),
        ("s\u200bcoun\u00addrel", ["scoundrel"]),
        ("ｓｃｏｕｎｄｒｅｌ", ["scoundrel"]),
        ("sc\u043eundr\u0435l", ["scoundrel"]),  # Cyrillic
        ("scóündrèl", ["scoundrel"]),
        ("s c o u n d r e l", ["scoundrel"]),
        ("s.c.o.u.n.d.r.e.l", ["scoundrel"]),
        ("scooooundrel", ["scoundrel"]),
        ("scoundrels", []),
        ("xscoundrel", []),
        ("Idiots, idiotic", ["idiot*"]),
        ("idiot!", ["idiot*"]),
        ("1d1ot", ["idiot*"]),
        ("|diot", ["idiot*"]),
        ("1out", ["lout"]),
        ("patriot", []),
        ("lout lout", ["lout"]),
        ("a class\naction", ["class action"]),
        ("This is classy action", []),
        ("おまえはバカだ", ["ばか"]),
        ("ﾊﾞｶ", ["ばか"]),
        ("ば\u200bか", ["ばか"]),
        ("はか", []),  # another word
        ("あの詐欺師め、idiot", ["idiot*", "詐欺師"]),
        ("idiot and scoundrel", ["scoundrel", "idiot*"]),
        ("", []),
    ],
)
def test_a_word_is_found_in_disguise_and_not_inside_another(text, found):
    assert sorted(line.word for line in LIST.find(text)) == sorted(found)


def test_banned_words_come_first():
    assert [line.kind for line in LIST.find("idiot lout scoundrel")] == [
        WordKind.BANNED, WordKind.SUSPECT, WordKind.SUSPECT,
    ]  # fmt: skip


def test_two_lines_that_fold_alike_are_one_and_the_stricter_holds():
    lines = [
        Listed("lout", WordKind.SUSPECT),
        Listed("LOUT", WordKind.BANNED),
        Listed("l0ut", WordKind.SUSPECT),
    ]

    assert WordList(lines).find("lout") == [Listed("LOUT", WordKind.BANNED)]
    assert WordList(reversed(lines)).find("lout") == [Listed("LOUT", WordKind.BANNED)]


def test_an_empty_list_finds_nothing():
    assert WordList([]).find("anything") == []
    assert WordList([Listed("!?", WordKind.BANNED)]).find("!?") == []


@given(st.text(max_size=60))
def test_folding_is_stable_and_finds_a_word_between_any_others(text):
    folded = fold(text)

    assert fold(folded) == folded
    assert folded == " ".join(folded.split())
    assert "scoundrel" in {line.word for line in LIST.find(f"{text} scoundrel {text}")}
