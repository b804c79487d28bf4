"""A job as search engines are told of it, by Google's own list of what is required."""

from dataclasses import replace

import pytest

from dateline.jobs.domain.kinds import Employment, Level, SalaryUnit, Where
from dateline.jobs.domain.posting import job_posting
from dateline.jobs.domain.words import ENGLISH, JAPANESE, place_text, salary_text, words_for
from tests.factories.jobs import TERMS

REQUIRED = {"title", "description", "datePosted", "hiringOrganization"}


def posted(**fields):
    url = "https://musashi.example/jobs/7-night-editor/"
    return job_posting(replace(TERMS, **fields), number=7, url=url, publisher="The Musashi Daily")


def test_all_that_is_required_is_there():
    told = posted(region="Musashi", employer_url="https://press.example/", text="One <b>.\nA\n\nB")

    assert told.keys() >= REQUIRED | {"validThrough", "jobLocation", "identifier"}
    assert told["description"] == "<p>One &lt;b&gt;.<br>A</p><p>B</p>"
    assert told["datePosted"] == "2026-11-17T15:00:00+00:00"
    assert told["validThrough"] == "2026-12-18T15:00:00+00:00"
    assert told["hiringOrganization"] == {
        "@type": "Organization", "name": "Minasato Press", "sameAs": "https://press.example/",
    }  # fmt: skip
    assert told["jobLocation"] == {
        "@type": "Place",
        "address": {
            "@type": "PostalAddress", "addressLocality": "Minasato", "addressRegion": "Musashi",
            "addressCountry": "JP",
        },
    }  # fmt: skip
    assert told["employmentType"] == "FULL_TIME"
    assert "baseSalary" not in told


def test_only_work_that_is_wholly_remote_is_called_so():
    assert "jobLocationType" not in posted(where="hybrid")
    remote = posted(where="remote", place="")
    assert remote["jobLocationType"] == "TELECOMMUTE"
    assert remote["applicantLocationRequirements"] == {"@type": "Country", "name": "JP"}
    assert "jobLocation" not in remote


@pytest.mark.parametrize(
    ("low", "high", "value", "english", "japanese"),
    [
        (None, None, None, "", ""),
        (300, 400, {"minValue": 300, "maxValue": 400}, "¥300–400 an hour", "時給 ¥300–400"),
        (3000, 3000, {"value": 3000}, "¥3,000 an hour", "時給 ¥3,000"),
        (300, None, {"minValue": 300}, "from ¥300 an hour", "時給 ¥300から"),
        (None, 400, {"maxValue": 400}, "up to ¥400 an hour", "時給 ¥400まで"),
    ],
)
def test_a_salary_is_told_as_far_as_it_is_known(low, high, value, english, japanese):
    terms = replace(
        TERMS, salary_min=low, salary_max=high, salary_currency="JPY", salary_unit="hour"
    )

    told = job_posting(terms, number=7, url="", publisher="").get("baseSalary")

    unit = {"@type": "QuantitativeValue", "unitText": "HOUR"}
    wanted = value and {"@type": "MonetaryAmount", "currency": "JPY", "value": {**unit, **value}}
    assert told == wanted
    assert salary_text(terms, language="en") == english
    assert salary_text(terms, language="ja") == japanese


def test_another_currency_is_named_by_its_code():
    terms = replace(TERMS, salary_min=5, salary_currency="EUR", salary_unit="day")
    assert salary_text(terms, language="en") == "from EUR 5 a day"


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"region": "Musashi"}, "Minasato, Musashi"),
        ({"where": "hybrid"}, "Minasato · Partly from home"),
        ({"where": "remote"}, "Remote, within JP"),
    ],
)
def test_a_place_is_said_in_words(fields, said):
    assert place_text(replace(TERMS, **fields), language="en") == said


def test_both_languages_have_every_word():
    assert ENGLISH.keys() == JAPANESE.keys()
    for kinds, stem in (
        (Where, "where"), (Employment, "employment"), (Level, "level"), (SalaryUnit, "per"),
    ):  # fmt: skip
        assert {f"{stem}_{kind}" for kind in kinds} <= ENGLISH.keys()
    assert words_for("fr") is ENGLISH
