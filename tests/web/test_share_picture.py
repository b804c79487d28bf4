"""The picture that other sites show with a story's link: its headline, through the gate."""

import io

import pytest
from PIL import Image

from dateline.edge import keys
from dateline.edge import services as edge
from dateline.media import services as media
from dateline.stories.services import kills
from dateline.stories.services.publishing import correct_story, withdraw_story
from dateline.web import share_picture
from tests.factories.newsroom import a_draft, a_masthead, a_story
from tests.factories.pictures import a_picture
from tests.factories.web import NOON, Reader, path_of

pytestmark = pytest.mark.django_db


def test_is_drawn_in_the_shape_that_every_service_shows(reader):
    story = a_story("Ferry returns", at=NOON)

    answer, picture = picture_of(reader, story)

    assert answer["Content-Type"] == "image/jpeg"
    assert (picture.format, picture.size) == ("JPEG", (1200, 630))
    assert len(answer.content) < 200_000


def test_is_in_the_colours_of_its_title_and_says_another_headline_in_other_ink(reader):
    a_masthead("tatami", accent="#3b3fb6", look="weekly")
    story = a_story("Ferry returns", at=NOON, on=("musashi", "tatami"))
    here, there = picture_of(reader, story)[1], picture_of(Reader("tatami.localhost"), story)[1]
    bar = there.getpixel((600, 5))

    correct_story(
        story.pk,
        kind="correction",
        text="x",
        changes={"headline": "Boat returns"},
        by="Ana",
        at=NOON,
    )

    assert all(abs(a - b) < 12 for a, b in zip(bar, (0x3B, 0x3F, 0xB6), strict=True))
    assert here.tobytes() != picture_of(reader, story)[1].tobytes()


def test_shows_the_lead_picture_with_its_credit_while_it_may(reader):
    lead = a_picture("harbour", size=(1200, 1500), credit="A/B")
    story = a_story("Ferry returns", at=NOON, lead_picture=lead)
    with_lead = picture_of(reader, story)[1]
    media.kill_picture(lead.pk, reason="Wrong.", by="Ana")
    without = picture_of(reader, story)[1]

    assert without.getpixel((1000, 200)) != with_lead.getpixel((1000, 200))
    assert with_lead.getpixel((1190, 620)) == pytest.approx((0, 0, 0), abs=12)


def test_a_lead_picture_whose_file_is_lost_is_left_out(reader):
    lead = a_picture("harbour", size=(1200, 1500))
    story = a_story("Ferry returns", at=NOON, lead_picture=lead)
    lead.file.storage.delete(lead.file.name)

    assert picture_of(reader, story)[1].size == (1200, 630)


@pytest.mark.parametrize(
    "headline",
    ["船が戻った" * 12, "Čapek à Zürich, Ōsaka", "\N{GRINNING FACE} Ferry", "x" * 250],
    ids=["japanese", "european", "emoji", "endless"],
)
def test_every_headline_can_be_drawn(reader, headline):
    assert picture_of(reader, a_story(headline, at=NOON))[1].size == (1200, 630)


def test_without_a_japanese_font_the_rest_is_drawn(reader, monkeypatch):
    monkeypatch.setattr(share_picture, "FONT_PLACES", ())
    share_picture.japanese_font.cache_clear()
    try:
        assert picture_of(reader, a_story("船 Ferry", at=NOON))[1].size == (1200, 630)
    finally:
        share_picture.japanese_font.cache_clear()


def test_a_killed_and_a_withdrawn_story_have_none_any_more(reader):
    killed, withdrawn = a_story("Killed", at=NOON), a_story("Withdrawn", at=NOON)
    kills.kill_story(killed.pk, reason="Wrong.", by="Ana", at=NOON)
    withdraw_story(withdrawn.pk, reason="Checking.", by="Ana", at=NOON)

    assert reader.get(f"{path_of(killed)}/share.jpg").status_code == 410
    assert reader.get(f"{path_of(withdrawn)}/share.jpg").status_code == 410


def test_a_draft_another_address_and_a_licence_for_pages_alone_have_none(reader):
    licensed = a_story("Pages", at=NOON, licensed_uses=("web",))
    social = a_story("Both", at=NOON, licensed_uses=("web", "social"))
    story, draft = a_story("Ferry", at=NOON), a_draft("Draft")

    assert reader.get(f"{path_of(licensed)}/share.jpg").status_code == 404
    assert reader.get(f"{path_of(social)}/share.jpg").status_code == 200
    assert reader.get(f"/world/draft-{draft.pk}/share.jpg").status_code == 404
    assert reader.get(f"/world/other-{story.pk}/share.jpg").status_code == 404
    assert reader.get("/world/nothing/share.jpg").status_code == 404


def test_the_page_names_it_unless_the_licence_forbids(reader):
    story = a_story("Ferry", at=NOON)
    licensed = a_story("Pages", at=NOON, licensed_uses=("web",))

    assert og(reader, story, "image") == f"http://musashi.localhost:8000{path_of(story)}/share.jpg"
    assert (og(reader, story, "image:width"), og(reader, story, "image:alt")) == ("1200", "Ferry")
    assert og(reader, licensed, "image") is None


def test_falls_with_the_story_its_picture_and_the_title_and_answers_304(reader):
    lead = a_picture("harbour", size=(1200, 1500))
    story = a_story("Ferry", at=NOON, lead_picture=lead)
    with edge.collecting() as page:
        answer = reader.get(f"{path_of(story)}/share.jpg")

    site = story.placements.get().masthead_id
    assert {keys.story(story.pk), keys.picture(lead.pk), keys.chrome(site)} <= page.hard
    again = reader.get(f"{path_of(story)}/share.jpg", if_none_match=answer["ETag"])
    assert again.status_code == 304


def picture_of(reader, story):
    answer = reader.get(f"{path_of(story)}/share.jpg")
    assert answer.status_code == 200
    return answer, Image.open(io.BytesIO(answer.content))


def og(reader, story, name):
    found = reader.page(path_of(story)).cssselect(f"meta[property='og:{name}']")
    return found[0].get("content") if found else None
