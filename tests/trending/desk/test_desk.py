"""The desk's screens for trending: what is live, who steers it, and what they are told."""

import re
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import Permission
from django.core.cache import cache
from lxml import html
from wagtail.users.models import UserProfile

from benchmarks.trending.world import seeded
from dateline import clock
from dateline.stories.services import kills
from dateline.trending import models
from dateline.trending.domain import desk_words
from dateline.trending.domain.rank import RuleKind
from dateline.trending.domain.views import Kind, Source
from dateline.trending.services import ranking
from dateline.trending.services.rules import set_rule
from tests.desk.conftest import client_for
from tests.factories.discussion import a_reader
from tests.factories.newsroom import a_story
from tests.factories.trending import LATER, a_curator, a_wish, told
from tests.factories.web import NOON, every, words_of

pytestmark = pytest.mark.django_db
BOARD = "/trending/on/musashi/"
FORM = {
    "kind": "pin", "slot": "2", "factor": "2.0", "for_hours": "24", "reason": "Readers ask for it.",
}  # fmt: skip


@pytest.fixture(autouse=True)
def noon(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOON)
    yield
    cache.clear()


def enter(person):
    person.user_permissions.add(
        Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
    )
    return client_for(person)


@pytest.fixture
def kei(titles):
    return a_curator(titles["musashi"])


@pytest.fixture
def desk(kei):
    return enter(kei)


@pytest.fixture
def boss(titles):
    return enter(a_curator(None, "Aya Ito"))


@pytest.fixture
def story(titles):
    return a_story("Night trains return", on=("kinako",), at=NOON - LATER)


def turn(seconds=0):
    ranking.fold_and_rank(at=NOON + timedelta(seconds=seconds), chance=seeded(1))


def page(answer, status=200):
    assert answer.status_code == status, answer.content[:500]
    return html.document_fromstring(answer.content)


def part(shown, name):
    (found,) = shown.cssselect(f"[data-renew={name}]")
    return words_of(found)


def cells(shown, name):
    rows = shown.cssselect(f"[data-renew={name}] tbody tr")
    return [[words_of(cell) for cell in row.cssselect("th, td")] for row in rows]


def test_the_live_list_says_place_title_site_why_clicks_and_visitors(titles, desk, story):
    told(story.pk, titles["kinako"].pk, 30)
    for n in range(3):
        dull = a_story(f"Dull {n}", on=("kinako",), at=NOON - LATER)
        told(dull.pk, titles["kinako"].pk, 3, first=100 * n + 100)
    turn()
    told(story.pk, titles["musashi"].pk, 2, kind=Kind.CLICK)
    turn(10)

    row, *_ = cells(page(desk.get(BOARD)), "block")
    assert row[0] == "1"
    assert re.fullmatch(r"Night trains return ?Kinako · .*30 readers a day.*", row[1])
    assert row[2:4] == ["2", "30"]
    assert row[4].endswith("0 30")
    assert row[5] == "Steer Night trains return"


def test_a_story_that_is_killed_is_not_on_the_list_before_it_is_ranked_again(titles, desk, story):
    turn()
    kills.kill_story(story.pk, reason="Wrong.", by="ana")

    assert part(page(desk.get(BOARD)), "block") == "Nothing stands in the block yet."


def test_a_curator_sees_who_reads_what_on_their_own_site(titles, desk):
    own = a_story("Ferry returns", on=("musashi",), at=NOON - LATER)
    site = titles["musashi"].pk
    told(own.pk, site, 4, kind=Kind.SHOWN)
    told(own.pk, site, 3, kind=Kind.READ)
    told(own.pk, site, 1, kind=Kind.DEPTH)
    told(own.pk, site, 2, kind=Kind.LEFT, depth=40)
    turn()

    shown = page(desk.get(BOARD))
    assert part(shown, "sums").startswith("2 reading now Counted at 12:00:00")
    (row,) = cells(shown, "own")
    assert row[:6] == ["2", "Ferry returns", "4", "3", "1", "40 %"]


def test_empty_screens_say_so(titles, desk):
    shown = page(desk.get(BOARD))

    assert [part(shown, name) for name in ("sums", "own", "block", "rules", "history")] == [
        "0 reading now", "Nobody has read anything here today.", "Nothing stands in the block yet.",
        "No rule stands.", "Nothing was done yet.",
    ]  # fmt: skip


def test_a_worker_that_stopped_counting_and_full_memory_are_told(titles, desk):
    models.LiveNumbers.objects.create(
        masthead=titles["musashi"], reading=1, stories=[], left_out=5, at=NOON - LATER
    )

    said = part(page(desk.get(BOARD)), "sums")
    assert "The worker has not counted since" in said
    assert "figures are at least these" in said


def test_an_editor_pins_ends_and_undoes(titles, desk, kei, story):
    form = page(desk.get(f"{BOARD}?story={story.pk}&kind=ban"))
    assert form.cssselect("[name=story]")[0].get("value") == str(story.pk)
    assert form.cssselect("[name=kind][checked]")[0].get("value") == "ban"

    answer = desk.post(BOARD, {**FORM, "story": f"https://kinako.localhost/world/night-{story.pk}"})
    assert (answer.status_code, answer["Location"]) == (302, BOARD)
    shown = page(desk.get(BOARD))
    assert "Pin at place 2. The block follows within ten seconds." in words_of(shown)
    assert "Pin at place 2 · Night trains return" in part(shown, "rules")
    assert f"{kei.get_full_name() or kei.email}: Readers ask for it." in part(shown, "rules")
    rule = models.EditorsRule.objects.get()
    assert (rule.slot, rule.until) == (2, NOON + timedelta(hours=24))

    desk.post(f"{BOARD}end/", {"story": story.pk})
    shown = page(desk.get(BOARD))
    assert part(shown, "rules") == "No rule stands."
    assert "Pin at place 2 , ended · Night trains return" in part(shown, "history")
    assert len(shown.cssselect("[data-renew=history] button")) == 1  # the newest only

    note = models.RuleNote.objects.latest("pk").pk
    desk.post(f"{BOARD}undo/", {"note": note})
    shown = page(desk.get(BOARD))
    assert "Undone." in words_of(shown)
    assert "Pin at place 2" in part(shown, "rules")


@pytest.mark.parametrize(
    ("wrong", "problem"),
    [
        ({"reason": ""}, "This field is required"),
        ({"reason": " "}, "This field is required"),
        ({"story": "the ferry"}, "Give the story's number, or its address."),
        ({"story": "10000000"}, "There is no story 10000000."),
        ({"for_hours": "1000"}, "Select a valid choice"),
        ({"slot": "13"}, "Select a valid choice"),
        ({"kind": "sell"}, "Select a valid choice"),
    ],
)
def test_the_form_says_what_is_wrong_and_keeps_what_was_typed(desk, story, wrong, problem):
    shown = page(desk.post(BOARD, {**FORM, "story": story.pk, "slot": "3", **wrong}), 422)

    assert problem in " ".join(every(shown, ".trend-problem"))
    assert shown.cssselect("[name=for_hours]")
    if "reason" not in wrong:
        assert shown.cssselect("[name=reason]")[0].get("value") == "Readers ask for it."
    assert not models.EditorsRule.objects.exists()


@pytest.mark.parametrize(("path", "data"), [("end/", {"story": "7"}), ("undo/", {"note": "x"})])
def test_what_cannot_be_done_any_more_is_told(desk, path, data):
    answer = desk.post(BOARD + path, data, follow=True)

    said = words_of(page(answer))
    assert "No rule stands for this story any more." in said or "can no longer be undone" in said


def test_a_curator_finds_a_story_by_the_words_of_its_headline(titles, desk, story):
    a_story("Night market", on=("rails",), at=NOON - LATER, sensitive=True)
    a_story("Night watch", on=("musashi",), at=NOON - LATER)
    shown = page(desk.get(f"{BOARD}?q=NIGHT"))

    (found,) = shown.cssselect("[aria-label=Stories] a")
    assert found.get("href") == f"{BOARD}?story={story.pk}&kind=pin#steer"
    filled = page(desk.get(found.get("href")))
    assert filled.cssselect("[name=story]")[0].get("value") == str(story.pk)
    assert "No story that may stand there" in words_of(page(desk.get(f"{BOARD}?q=zeppelin")))
    assert not page(desk.get(f"{BOARD}?q=+")).cssselect(
        "[aria-label=Stories], .trend-empty[role=status]"
    )


def test_one_story_in_full(titles, desk):
    own = a_story("Ferry returns", on=("musashi",), at=NOON - LATER)
    site = titles["musashi"].pk
    told(own.pk, site, 4, kind=Kind.SHOWN, source=Source.MAIL)
    told(own.pk, site, 3, kind=Kind.READ, at=NOON - timedelta(hours=2))
    turn()

    shown = page(desk.get(f"{BOARD}{own.pk}/"))
    assert part(shown, "figures").split()[:2] == ["Now", "4"]
    assert ["a newsletter", "4", ""] in cells(shown, "sources")
    drawn = [path.get("d") for path in shown.cssselect("[data-renew=sources] path")]
    assert drawn == ["", "", "", "", "", "", "M0 0h100.0v10H0z", ""]
    hours = cells(shown, "hours")
    assert len(hours) == 24
    assert [int(count) for _, count in hours][-3:] == [3, 0, 0]
    local = NOON.astimezone(ZoneInfo(titles["musashi"].time_zone))
    assert hours[-1][0] == f"{local:%H}:00"
    (chart,) = shown.cssselect("svg[role=img][aria-label] path")
    assert chart.get("d") == "M560.0 120v-120.0h21.3V120z"
    assert "the top is 3" in part(shown, "hours")


def test_a_story_nobody_read_has_zeros_and_one_that_is_none_is_not_found(titles, desk):
    own = a_story("Ferry returns", on=("musashi",), at=NOON - LATER)
    assert "Nothing was counted" in words_of(page(desk.get(f"{BOARD}{own.pk}/")))
    turn()
    assert "Nothing was counted" in words_of(page(desk.get(f"{BOARD}{own.pk}/")))

    assert desk.get(f"{BOARD}{10**30}/").status_code == 404
    assert desk.get(f"{BOARD}{own.pk + 999}/").status_code == 404


def test_the_network_stands_one_beneath_the_other_for_who_has_it(titles, boss, desk, story):
    told(story.pk, titles["kinako"].pk, 30)
    turn()
    shown = page(boss.get("/trending/"))
    assert every(shown, ".trend-site h2") == ["Musashi", "Kinako", "Rails", "Fukurou"]
    assert cells(shown, "own-kinako")[0][1] == "Night trains return"

    assert desk.get("/trending/")["Location"] == BOARD


def test_editors_of_one_site_see_and_steer_no_other(titles, desk, story):
    a_story("Other", on=("musashi",), at=NOON - LATER)
    for method, path in (
        ("get", ""), ("post", ""), ("post", "end/"), ("post", "undo/"), ("get", f"{story.pk}/"),
    ):  # fmt: skip
        answer = getattr(desk, method)(f"/trending/on/kinako/{path}", {**FORM, "story": story.pk})
        assert answer.status_code == 404, path
    assert b"/posts/?work=trending" not in desk.get("/trending/on/musashi/").content
    assert not models.EditorsRule.objects.exists()


def test_who_steers_nothing_has_neither_menu_nor_screens(titles, desk):
    nobody = enter(a_reader("Ken Abe"))

    assert nobody.get("/trending/")["Location"] == "/"
    assert b'"/trending/"' not in nobody.get("/").content
    assert b'"/trending/"' in desk.get("/").content


def test_the_desk_speaks_japanese_to_who_wants_that(titles, desk, kei):
    UserProfile.objects.create(user=kei, preferred_language="ja")
    shown = page(desk.get(BOARD))

    assert "今の一覧" in every(shown, "h2")


def test_both_languages_say_the_same_things():
    assert desk_words.ENGLISH.keys() == desk_words.JAPANESE.keys()
    for key, text in desk_words.ENGLISH.items():
        there = set(re.findall(r"{\w+}", text))
        assert set(re.findall(r"{\w+}", desk_words.JAPANESE[key])) == there, key


def test_an_account_or_story_that_is_gone_leaves_its_note(titles, desk, kei, story):
    other = a_curator(titles["musashi"], "Ren Abe")
    set_rule(titles["musashi"].pk, a_wish(story, RuleKind.BAN), by=other.pk, at=NOON)
    other.delete()
    assert "an account that is gone" in part(page(desk.get(BOARD)), "rules")

    models.RuleNote.objects.update(story=None)
    history = part(page(desk.get(BOARD)), "history")
    assert "a story that readers do not see" in history
    assert "Undo" not in history


def test_what_another_version_counted_beside_it_is_passed_over(titles, desk):
    own = a_story("Ferry returns", on=("musashi",), at=NOON - LATER)
    told(own.pk, titles["musashi"].pk, 4, kind=Kind.SHOWN)
    turn()
    row = models.LiveNumbers.objects.get(pk=titles["musashi"].pk)
    row.stories[0]["new_in_the_next_version"] = 5
    row.save()

    assert cells(page(desk.get(BOARD)), "own")[0][2] == "4"
