"""A job is read from typed words, and everything that is wrong with them is said."""

from datetime import UTC, date, datetime

import pytest

from dateline.jobs.domain.terms import ListingTerms, Problem, read
from tests.factories.jobs import ROW

NO_HOST = "is not the name of a host on the web. Copy the address again."
TODAY = date(2026, 11, 20)


def told(**fields):
    return read({**ROW, **fields}, zone="Asia/Tokyo", today=TODAY)


def problems(**fields):
    terms, found = told(**fields)
    assert terms is None
    return list(map(str, found))


def test_a_good_row_is_a_listing():
    terms, found = told()

    assert found == ()
    assert terms == ListingTerms(
        title="Night editor", employer="Minasato Press", employer_url="https://press.example/",
        text="You read what others wrote.\n\nAt night.", place="Minasato", region="Musashi",
        country="JP", where="onsite", employment="full_time", salary_min=3_200_000,
        salary_max=4_100_000, salary_currency="JPY", salary_unit="year", language_level="business",
        apply_url="https://press.example/jobs/1?from=board", apply_mail="",
        posted_at=datetime(2026, 11, 17, 15, tzinfo=UTC),
        valid_until=datetime(2026, 12, 18, 15, tzinfo=UTC),
    )  # fmt: skip


def test_what_is_left_out_has_a_usual_value():
    terms, found = told(
        posted="", country="", where="", employment=None, language_level="", salary_min="",
        salary_max="", salary_currency="", salary_unit="",
    )  # fmt: skip

    assert found == ()
    assert terms.posted_at == datetime(2026, 11, 19, 15, tzinfo=UTC)
    assert (terms.country, terms.where, terms.employment) == ("JP", "onsite", "full_time")
    assert (terms.language_level, terms.salary_min, terms.salary_unit) == ("none", None, "")


def test_words_are_forgiven_their_spaces_and_capitals():
    terms, _ = told(
        title="  Night \n editor ", employment="Full-Time", where="Onsite", country="jp",
        salary_currency="jpy", salary_min=3_200_000, text="One.\r\n\r\nTwo.",
    )  # fmt: skip

    assert (terms.title, terms.employment, terms.country) == ("Night editor", "full_time", "JP")
    assert (terms.salary_currency, terms.salary_min) == ("JPY", 3_200_000)
    assert terms.text == "One.\n\nTwo."


def test_html_is_read_as_text():
    terms, _ = told(text="<p>You <b>read</b>.</p><script>alert(1)</script><p>At night &amp; day.")

    assert terms.text == "You read.\n\nAt night & day."


def test_a_moment_with_an_offset_is_exact():
    terms, _ = told(valid_until="2026-12-18T18:00:00+09:00")

    assert terms.valid_until == datetime(2026, 12, 18, 9, tzinfo=UTC)


def test_remote_work_needs_no_town_and_a_mail_is_a_way_to_apply():
    terms, found = told(where="remote", place="", apply_url="", apply_mail="jobs@press.example")

    assert found == ()
    assert terms.apply_mail == "jobs@press.example"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"title": " "}, "title: It is empty. Fill it in."),
        ({"title": "x" * 121}, "title: It has 121 characters; 120 fit. Shorten it."),
        ({"text": "<p></p>"}, "text: It is empty. Say what the work is."),
        ({"text": "x" * 20_001}, "text: It has 20,001 characters; 20,000 fit. Shorten it."),
        ({"text": "a\x00b"}, "text: It holds the control sign U+0000. Take it out."),
        ({"title": "a\x1bb"}, "title: It holds the control sign U+001B. Take it out."),
        ({"text": "\ud800"}, "text: It holds the control sign U+D800. Take it out."),
        ({"employer": ["x"]}, "employer: Expected text, found ['x']. Write plain text."),
        ({"title": True}, "title: Expected text, found True. Write plain text."),
        (
            {"salary_min": 3.5},
            "salary_min: Expected text, found 3.5. Write plain text.",
        ),
        (
            {"salary_min": "3M"},
            "salary_min: Expected a whole number, found '3M'. Write it as 3200000.",
        ),
        (
            {"salary_max": "9" * 14},
            f"salary_max: Expected a whole number, found '{'9' * 14}'. Write it as 3200000.",
        ),
        (
            {"salary_min": "5000000"},
            "salary_min: 5,000,000 is more than salary_max, 4,100,000. Change them round.",
        ),
        ({"salary_currency": ""}, "salary_currency: A salary needs a currency. Give one."),
        ({"salary_unit": ""}, "salary_unit: A salary needs a unit. Give one."),
        (
            {"salary_unit": "moon"},
            "salary_unit: 'moon' is not one of hour, day, week, month, year. Choose one.",
        ),
        ({"country": "Japan"}, "country: 'JAPAN' is not 2 letters, as an ISO code has."),
        (
            {"where": "space"},
            "where: 'space' is not one of onsite, hybrid, remote. Choose one.",
        ),
        ({"place": ""}, "place: Work that is onsite needs a town. Name it."),
        ({"apply_url": ""}, "apply_url: Nobody can apply. Give apply_url or apply_mail."),
        (
            {"apply_url": "http://press.example/"},
            "apply_url: An address begins with https://, found 'http'. Ask for a safe one.",
        ),
        (
            {"apply_url": "javascript:alert(1)"},
            "apply_url: An address begins with https://, found 'javascript'. Ask for a safe one.",
        ),
        (
            {"apply_url": "press.example"},
            "apply_url: An address begins with https://, found nothing. Ask for a safe one.",
        ),
        (
            {"apply_url": "https://me:pw@press.example/"},
            "apply_url: An address must not hold a name or password. Take it out.",
        ),
        (
            {"apply_url": "https://localhost/"},
            f"apply_url: 'localhost' {NO_HOST}",
        ),
        (
            {"apply_url": "https://press.example:0/"},
            f"apply_url: 'press.example' {NO_HOST}",
        ),
        (
            {"apply_url": "https://press.example/a b"},
            "apply_url: It has spaces or signs that no address has, or is too long. Copy it again.",
        ),
        (
            {"apply_url": "https://[x/"},
            "apply_url: 'https://[x/' is no address. Copy it again.",
        ),
        (
            {"apply_mail": "jobs@"},
            "apply_mail: 'jobs@' is no mail address. Write it as jobs@firm.example.",
        ),
        (
            {"apply_mail": "a..b@press.example"},
            "apply_mail: 'a..b@press.example' is no mail address. Write it as jobs@firm.example.",
        ),
        ({"valid_until": ""}, "valid_until: '' is no day. Write it as 2026-11-30."),
        (
            {"valid_until": "18/12/2026"},
            "valid_until: '18/12/2026' is no day. Write it as 2026-11-30.",
        ),
        (
            {"valid_until": "9999-12-31"},
            "valid_until: '9999-12-31' is no day. Write it as 2026-11-30.",
        ),
        ({"posted": 7.5}, "posted: Expected text, found 7.5. Write plain text."),
        (
            {"valid_until": "2026-12-18T18:00"},
            "valid_until: '2026-12-18T18:00' has no UTC offset. Add one, or give only a day.",
        ),
        (
            {"valid_until": "2026-11-17"},
            "valid_until: It ends before it is posted. Give a later day.",
        ),
        (
            {"valid_until": "2027-12-18"},
            "valid_until: It is open for more than a year. Give a nearer day.",
        ),
    ],
)
def test_what_is_wrong_is_said_once_with_what_was_found(wrong, said):
    assert problems(**wrong) == [said]


def test_everything_wrong_is_said_at_once_and_what_is_long_is_cut():
    found = problems(title="", country="x" * 500, where="moon", place="", salary_min="much")

    assert [line.split(":")[0] for line in found] == ["title", "country", "where", "salary_min"]
    assert all(len(line) < 160 for line in found)
    assert str(Problem("a", "B.")) == "a: B."
