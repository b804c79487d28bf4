"""How long a text takes, and how old a story is, by the calendar of its readers."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wagtail.rich_text import RichText

from dateline.web.domain.origins import WORDS, word_of
from dateline.web.domain.reading_time import minutes_of, next_birthday, texts_of, years_old
from dateline.web.domain.sharing import mail_link, share_links
from dateline.web.domain.story_words import ENGLISH

TOKYO = ZoneInfo("Asia/Tokyo")
FIRST = datetime(1990, 1, 1, tzinfo=UTC)
MOMENTS = st.timedeltas(timedelta(), timedelta(days=36_500)).map(lambda since: FIRST + since)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("", 1), ("word " * 100, 1), ("word " * 900, 4), ("船" * 1000, 2), ("船が出る " * 600, 5)],
    ids=["nothing", "short", "english", "japanese", "long japanese"],
)
def test_english_is_counted_by_words_and_japanese_by_characters(text, minutes):
    assert minutes_of([text]) == minutes


def test_what_is_read_of_a_body_is_its_words_without_markup_and_pictures():
    body = [
        {"type": "text", "value": "<p>It&nbsp;is <b>late</b>.</p>"},
        {"type": "picture", "value": {"picture": 7, "caption": "A quay."}},
        {"type": "quote", "value": {"text": "Who?", "speaker": "Ana"}},
        {"type": "factbox", "value": {"title": "In short", "text": "<li>22:40</li>"}},
        {"type": "heading", "value": "Night"},
        {"type": "wire", "value": RichText("<h5>Crossings</h5>")},
    ]

    assert " ".join(" ".join(texts_of(body)).split()) == (
        "It is late . Who? Ana In short 22:40 Night Crossings"
    )


def test_a_story_is_a_year_old_on_its_day_in_the_zone_of_the_masthead():
    published = datetime(2023, 11, 20, 16, 0, tzinfo=UTC)  # the 21st in Tokyo
    eve = datetime(2026, 11, 20, 14, 59, tzinfo=UTC)

    assert years_old(published, eve, TOKYO) == 2
    assert next_birthday(published, eve, TOKYO) == eve + timedelta(minutes=1)
    assert years_old(published, eve + timedelta(minutes=1), TOKYO) == 3


def test_a_story_of_a_leap_day_turns_on_the_first_of_march():
    published = datetime(2024, 2, 29, 3, 0, tzinfo=UTC)

    assert next_birthday(published, published, TOKYO) == datetime(2025, 3, 1, tzinfo=TOKYO)
    assert next_birthday(published, datetime(2027, 6, 1, tzinfo=UTC), TOKYO) == datetime(
        2028, 2, 29, tzinfo=TOKYO
    )


@given(MOMENTS, st.timedeltas(timedelta(), timedelta(days=9000)))
def test_the_age_changes_at_the_next_birthday_and_not_before(published, later):
    now = published + later
    turn = next_birthday(published, now, TOKYO)

    assert turn > now
    assert years_old(published, turn - timedelta(seconds=1), TOKYO) == years_old(
        published, now, TOKYO
    )
    assert years_old(published, turn, TOKYO) == years_old(published, now, TOKYO) + 1


def test_links_to_hand_a_story_on_are_plain_and_escaped():
    links = dict(share_links("http://m.test/world/a-1", 'Ferry "late" & 船'))

    assert links["X"] == (
        "https://x.com/intent/post?text=Ferry%20%22late%22%20%26%20%E8%88%B9"
        "&url=http%3A%2F%2Fm.test%2Fworld%2Fa-1"
    )
    assert all(address.startswith("https://") for address in links.values())
    assert mail_link("http://m.test/a", "A & b").startswith("mailto:?subject=A%20%26%20b&body=http")


def test_how_a_picture_was_made_is_said_where_the_term_is_known():
    scheme = "http://cv.iptc.org/newscodes/digitalsourcetype/"

    assert word_of(f"{scheme}trainedAlgorithmicMedia") == "how_image_by_ai"
    assert word_of("digitalCapture") == "how_image_photo"
    assert word_of(f"{scheme}somethingNew") == word_of("") == ""
    assert {ENGLISH[word] for word in WORDS.values()} >= {"photograph", "drawn"}
