"""The offer of a letter: labelled, with a signed link, the same however often it is drawn."""

from datetime import date

import pytest

from dateline.promos.adapters import links
from dateline.promos.domain.kinds import Slot, Verb
from dateline.promos.queries.leading import target_of
from dateline.promos.queries.mailing import offer_for_mail
from dateline.promos.services.running import move
from tests.factories.newsroom import a_masthead
from tests.factories.promos import NOON, a_campaign, a_creative, a_manager
from tests.stories.newspaper import site as site_of

LETTERS = frozenset({Slot.NEWSLETTER})


def a_letter_campaign(by, *creatives, **fields):
    made = creatives or (a_creative(slots=LETTERS, headline="Ships <& boats>"),)
    return a_campaign(by, creatives=made, **fields)


def test_a_letter_has_its_offer_with_label_code_and_signed_link(site, kei):
    row = a_letter_campaign(kei)

    found = offer_for_mail(site, seed=7, at=NOON)

    name = links.sign(row.pk, row.creatives.get().pk, "newsletter")
    link = f"{site.origin}/p/c/{name}"
    assert found.text == (
        "[Promoted by Kumo SIM]\nShips <& boats>\nUse the code for 22 % off.\n"
        f"Code: MUSASHI22\nLearn more: {link}"
    )
    assert "Promoted by Kumo SIM" in found.html
    assert "Ships &lt;&amp; boats&gt;" in found.html
    assert found.html.count(f'href="{link}" rel="sponsored"') == 2
    assert "kumo.example" not in found.html + found.text
    assert "<img" not in found.html
    assert target_of(name, site.id) == "https://kumo.example/japan?from=story"


def test_a_job_says_that_it_is_one_in_the_language_of_the_title(db):
    masthead = a_masthead("musashi-ja", language="ja")
    job = a_creative(
        kind="job", headline="港で働く", text="", code="", cta="応募する", slots=LETTERS,
        target_url="https://work.example/",
    )  # fmt: skip
    a_letter_campaign(a_manager(masthead), job, on=("musashi-ja",), label="sponsored")

    found = offer_for_mail(site_of("musashi-ja"), seed=1, at=NOON)

    assert found.text.startswith("[広告 · 求人]\n港で働く\n応募する: http")
    assert "広告</strong> · 求人" in found.html


def test_one_letter_has_one_offer_and_many_letters_share(site, kei):
    rows = [a_letter_campaign(kei) for _ in range(3)]
    drawn = [offer_for_mail(site, seed=seed, at=NOON).campaign_id for seed in range(60)]

    assert drawn == [offer_for_mail(site, seed=seed, at=NOON).campaign_id for seed in range(60)]
    assert {row.pk for row in rows} == set(drawn)


@pytest.mark.parametrize(
    "fields",
    [
        {"creatives": (a_creative(),)},
        {"sections": frozenset({"world"}), "creatives": (a_creative(slots=LETTERS | {Slot.BODY}),)},
        {"first_day": date(2026, 11, 21)},
    ],
    ids=["not for letters", "for a section", "not yet"],
)
def test_what_is_not_for_this_letter_is_not_in_it(site, kei, fields):
    a_campaign(kei, **{"creatives": (a_creative(slots=LETTERS),), **fields})

    assert offer_for_mail(site, seed=7, at=NOON) is None


def test_what_was_killed_stands_in_no_letter(site, kei):
    row = a_letter_campaign(kei)
    move(row.pk, Verb.KILL, by=kei.pk, reason="Fraud.", at=NOON)

    assert offer_for_mail(site, seed=7, at=NOON) is None


def test_only_the_creatives_for_letters_are_drawn(site, kei):
    a_letter_campaign(kei, a_creative(headline="On pages"), a_creative(slots=LETTERS))

    assert all(
        "On pages" not in offer_for_mail(site, seed=seed, at=NOON).text for seed in range(20)
    )


def test_another_title_has_its_own(kei):
    a_letter_campaign(kei)
    a_masthead("kinako")

    assert offer_for_mail(site_of("kinako"), seed=7, at=NOON) is None
