"""Restrictions in prose, and whether a picture may be used here and now."""

from datetime import UTC, datetime, timedelta

import pytest

from dateline.media.domain.rights import (
    Kind,
    PictureFacts,
    Restriction,
    Use,
    may_use,
    read_restrictions,
    usable_until,
)

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("HANDOUT; NO ARCHIVES; x", Kind.NO_ARCHIVES, "NO ARCHIVES"),
        ("Not for archiving.", Kind.NO_ARCHIVES, "Not for archiving"),
        ("ONE TIME USE ONLY", Kind.ONE_TIME_USE, "ONE TIME USE ONLY"),
        ("single-use only", Kind.ONE_TIME_USE, "single-use only"),
        ("NO SALES", Kind.NO_SALES, "NO SALES"),
        ("NotForResale", Kind.NO_SALES, "NotForResale"),
        ("MANDATORY\nCREDIT", Kind.MANDATORY_CREDIT, "MANDATORY CREDIT"),
        ("EDITORIAL USE ONLY", Kind.EDITORIAL_ONLY, "EDITORIAL USE ONLY"),
        ("RESTRICTED TO EDITORIAL USE", Kind.EDITORIAL_ONLY, "RESTRICTED TO EDITORIAL USE"),
        ("NO MARKETING", Kind.EDITORIAL_ONLY, "NO MARKETING"),
        (
            "THE LEAGUE DOES NOT ALLOW USE AS SEQUENCES THAT EMULATE VIDEO. X",
            Kind.NO_SEQUENCES,
            "NOT ALLOW USE AS SEQUENCES THAT EMULATE VIDEO",
        ),
        ("This picture may not be edited.", Kind.NO_EDITING, "may not be edited"),
        ("NO INTERNET / NO TV", Kind.NO_INTERNET, "NO INTERNET"),
        ("Not for web use.", Kind.NO_INTERNET, "Not for web use"),
    ],
)
def test_names_a_restriction_with_the_words_found(text, kind, words):
    assert read_restrictions(text) == (Restriction(kind, words.strip()),)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("TURKEY OUT", "TURKEY"),
        ("Handout. SOUTH KOREA OUT; NO TV", "SOUTH KOREA"),
        ("World Rights Except Italy", "Italy"),
        ("No use in New Zealand.", "New Zealand"),
    ],
)
def test_names_the_territory(text, place):
    (found,) = read_restrictions(text)

    assert (found.kind, found.territory) == (Kind.TERRITORY, place)
    assert found.explanation == f"It may not be used in {place}."


def test_finds_two_territories_and_each_restriction_once():
    found = read_restrictions("FRANCE OUT, CHAD OUT, NO SALES", "NO SALES. NO ARCHIVES", None)

    assert [(r.kind, r.territory) for r in found] == [
        (Kind.NO_ARCHIVES, None),
        (Kind.NO_SALES, None),
        (Kind.TERRITORY, "CHAD"),
        (Kind.TERRITORY, "FRANCE"),
    ]


def test_reads_a_time_limit_and_when_it_ends():
    found = read_restrictions("MAY BE USED ONLY FOR 14 DAYS FROM TRANSMISSION; seen for 3 days")

    assert [(r.kind, r.days) for r in found] == [(Kind.TIME_LIMIT, 14)]
    assert found[0].explanation == "It may be used for 14 days from its transmission."
    assert usable_until(found, from_at=NOON) == NOON + timedelta(days=14)
    assert usable_until((), from_at=NOON) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "The team was knocked OUT OF the cup.",
        "SOLD OUT",
        "He walked out; the internet was out of reach and online classes went on.",
        "There were no online classes on Friday.",
        "The ferry leaves for 3 days.",
    ],
)
def test_sees_no_restriction_in_a_sentence_about_the_world(text):
    assert read_restrictions(text) == ()


def test_believes_a_caption_only_in_capitals():
    assert read_restrictions(caption="There were no archives and no sales of it.") == ()
    (found,) = read_restrictions(caption="A ferry. *MANDATORY CREDIT*")
    assert found.kind is Kind.MANDATORY_CREDIT


@pytest.mark.parametrize("kind", Kind)
def test_explains_every_restriction_in_a_sentence(kind):
    assert Restriction(kind, "X", "Chad", 2).explanation.endswith(".")


def test_allows_a_picture_with_nothing_against_it():
    for use in Use:
        assert may_use(PictureFacts(name="Picture 4"), use, NOON) == (True, "")


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        (
            {"killed_at": NOON, "killed_reason": "Wrong person."},
            (
                "Picture 4 was killed at 12:00 UTC, 21 November 2026: Wrong person. "
                "Choose another picture."
            ),
        ),
        (
            {"held_reason": "It is under embargo."},
            "Picture 4 is held: It is under embargo. Wait until it is released.",
        ),
        (
            {"usable_until": NOON},
            "Picture 4 was licensed until 12:00 UTC, 21 November 2026. Choose another picture.",
        ),
        (
            {"embargo_until": NOON + timedelta(seconds=1)},
            "Picture 4 is under embargo until 12:00 UTC, 21 November 2026. Wait until then.",
        ),
    ],
    ids=["killed", "held", "expired", "embargoed"],
)
def test_refuses_every_use_of_a_withdrawn_picture(facts, reason):
    for use in Use:
        assert may_use(PictureFacts(name="Picture 4", **facts), use, NOON) == (False, reason)


def test_allows_a_picture_from_the_moment_its_embargo_ends():
    assert may_use(PictureFacts(name="Picture 4", embargo_until=NOON), Use.PAGE, NOON)[0]


def test_allows_a_picture_until_the_last_moment_of_its_licence():
    facts = PictureFacts(name="Picture 4", usable_until=NOON)

    assert may_use(facts, Use.PAGE, NOON - timedelta(microseconds=1)) == (True, "")


@pytest.mark.parametrize(
    ("text", "allowed"),
    [
        ("NO ARCHIVES", {Use.PAGE, Use.PROMOTION, Use.SALE}),
        ("ONE TIME USE", {Use.PAGE, Use.PROMOTION, Use.SALE}),
        ("NO SALES", {Use.PAGE, Use.ARCHIVE, Use.PROMOTION}),
        ("EDITORIAL USE ONLY", {Use.PAGE, Use.ARCHIVE}),
        ("NO INTERNET", set()),
        ("MANDATORY CREDIT; TURKEY OUT", set(Use)),
    ],
)
def test_enforces_what_forbids_a_use_outright(text, allowed):
    facts = PictureFacts(name="Picture 4", restrictions=read_restrictions(text))

    assert {use for use in Use if may_use(facts, use, NOON)[0]} == allowed


def test_says_the_words_that_forbid_the_use():
    facts = PictureFacts(name="Picture 4", restrictions=read_restrictions("X; NO SALES"))

    assert may_use(facts, Use.SALE, NOON)[1] == (
        "Picture 4 says 'NO SALES'. It may not be sold or passed on for money. "
        "Choose another picture."
    )
