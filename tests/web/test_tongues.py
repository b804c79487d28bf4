"""Texts in another language than their page say so: pictures are described in one language only."""

import pytest

from dateline.mastheads.models import Masthead
from dateline.web.domain.tongues import foreign
from tests.factories.newsroom import a_story
from tests.factories.pictures import a_picture
from tests.factories.web import path_of


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        ("A ferry in fog", "ja", "en"),
        ("A ferry in fog", "ja-JP", "en"),
        ("霧の中のferry", "ja", ""),
        ("東京", "ja", ""),
        ("Паром", "ja", ""),
        ("12:30", "ja", ""),
        ("", "ja", ""),
        ("霧の中の船", "en", "ja"),
        ("霧の中の船", "en-GB", "ja"),
        ("A ferry in fog", "en", ""),
        ("東京", "en", ""),  # may be Chinese
        ("", "en", ""),
    ],
)
def test_a_language_is_told_by_its_letters(text, language, found):
    assert foreign(text, language) == found


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "said"), [("ja", "en"), ("en", None)])
def test_a_picture_says_in_which_language_it_is_described(musashi, reader, language, said):
    Masthead.objects.update(language=language)
    story = a_story(
        "霧の港", lead_picture=a_picture(description="A harbour in fog"), language=language
    )

    page, text = reader.page(path_of(story)), reader.page(f"/lite{path_of(story)}")

    assert {img.get("lang") for img in page.cssselect(".hero img")} == {said}
    assert {part.get("lang") for part in text.cssselect("small > span")} == {said}


@pytest.mark.django_db
def test_a_caption_on_a_page_and_a_front_says_its_language(musashi, reader):
    story = a_story(
        "Fog", lead_picture=a_picture(description="A harbour"), lead_caption="霧の中で待つ船。",
    )  # fmt: skip

    for page in (reader.page(path_of(story)), reader.page("/")):
        assert [c.get("lang") for c in page.cssselect(".caption")][:1] == ["ja"]
