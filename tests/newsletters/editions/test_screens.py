"""The desk's screens for letters: who comes in, what a keyboard can do, what is said."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.core import mail
from django.core.cache import cache
from lxml import html

from dateline.mail import models as mail_models
from dateline.newsletters import models
from dateline.newsletters.domain.edition_desk_words import ENGLISH_WORDS, JAPANESE_WORDS
from dateline.newsletters.domain.editions import content_of
from dateline.newsletters.services import checking, sending
from dateline.stories.services.publishing import withdraw_story
from tests.desk.conftest import client_for
from tests.factories.discussion import a_reader
from tests.factories.editions import SEVEN, SIX, a_letter_editor
from tests.factories.newsletters import a_subscriber
from tests.factories.newsroom import a_masthead, a_story
from tests.factories.web import every, one, words_of
from tests.mail.servers import server


@pytest.fixture(autouse=True)
def nothing_remembered():
    yield
    cache.clear()


def enter(person):
    person.user_permissions.add(
        Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
    )
    return client_for(person)


@pytest.fixture
def desk(nao):
    return enter(nao)


def page(answer, status=200):
    assert answer.status_code == status, answer.content[:600]
    return html.document_fromstring(answer.content)


def do(desk, edition, verb, **told):
    answer = desk.post(f"/letters/{edition.pk}/change/", {"verb": verb, **told}, follow=True)
    edition.refresh_from_db()
    return page(answer)


def titles(edition):
    return [item.headline for item in content_of(edition.content).items]


def said(shown):
    return " ".join(every(shown, ".messages li, .messages"))


@pytest.fixture
def checked(edition, letter, nao):
    models.Newsletter.objects.update(sender_address="letters@musashi.localhost")
    checking.check(edition.pk, by=nao.pk, at=SIX)
    return edition


def test_the_list_shows_lists_and_letters_and_makes_a_draft(desk, letter, stories):
    shown = page(desk.get("/letters/"))
    assert "Musashi Morning" in " ".join(every(shown, ".letter-table tbody th"))
    assert "No letter has been made yet." in words_of(shown)

    page(desk.post("/letters/lists/morning/make/", follow=True))
    shown = page(desk.get("/letters/"))
    assert "Ferry number 5" in every(shown, ".letter-table tbody th")
    assert "draft" in every(shown, ".letter-state")


def test_a_list_without_a_recipe_says_so(desk, morning):
    shown = page(desk.post("/letters/lists/morning/make/", follow=True))
    assert "has no recipe" in said(shown)
    assert "No recipe yet" in words_of(shown)


def test_everything_in_a_letter_is_done_by_buttons_and_undone(desk, edition, stories):
    first, second = (f"story:{stories[n].pk}" for n in (4, 3))
    assert "Ferry number 5" in words_of(page(desk.get(f"/letters/{edition.pk}/")))

    do(desk, edition, "down", key=first)
    assert titles(edition)[:2] == ["Ferry number 4", "Ferry number 5"]
    do(desk, edition, "up", key=first)
    do(desk, edition, "out", key=second)
    assert titles(edition) == ["Ferry number 5", "Ferry number 3"]
    do(desk, edition, "undo")
    do(desk, edition, "rewrite", key=first, headline="The ferry", standfirst="Back.")
    assert titles(edition)[0] == "The ferry"
    do(desk, edition, "reword", key="b1", title="Hello", text="Good day.")
    do(desk, edition, "block_down", key="b1")
    do(desk, edition, "block_up", key="b1")
    do(desk, edition, "remove", key="b3")
    do(desk, edition, "say", subject="All ferries", preheader="Read on")
    assert edition.subject == "All ferries"
    other = a_story("Vote tonight", section="politics", at=SIX - timedelta(hours=1))
    shown = do(desk, edition, "add", block="b2", story=f"http://x/politics/vote-{other.pk}")
    assert titles(edition)[-1] == "Vote tonight"
    assert "Kept." in said(shown)
    assert "← Ferry number 5" in words_of(shown)


def test_what_cannot_be_done_is_said(desk, edition, stories):
    assert "no number of a story" in said(do(desk, edition, "add", block="b2", story="ferry"))
    assert "Choose what to do" in said(do(desk, edition, "sing"))
    withdraw_story(stories[4].pk, reason="Later.", by="ana")
    assert f"× story:{stories[4].pk}" in words_of(page(desk.get(f"/letters/{edition.pk}/")))


def test_the_preview_has_three_widths_the_dark_and_the_plain_part(desk, edition, morning):
    a_subscriber(morning, address="j@example.test", language="ja")
    address = f"/letters/{edition.pk}/preview/"
    for width in (320, 600, 800):
        shown = page(desk.get(f"{address}?width={width}&scheme=dark&variant=1"))
        assert shown.cssselect("iframe")[0].get("width") == str(width)
    assert "Ferry number 5" in one(page(desk.get(f"{address}?width=9&scheme=x")), ".letter-plain")
    assert "配信停止" in one(shown, ".letter-plain")
    light, dark, turned = (
        desk.get(f"/letters/{edition.pk}/letter.html?scheme={scheme}&variant=0")
        for scheme in ("light", "dark", "turned")
    )
    assert "@media not all" in light.content.decode()
    assert "@media all" in dark.content.decode()
    assert "invert(1)" in turned.content.decode()
    assert light.headers["Content-Security-Policy"].endswith("sandbox")
    assert light.headers["X-Frame-Options"] == "SAMEORIGIN"


def test_blocks_for_some_readers_are_told_apart_in_the_preview(desk, edition, morning):
    stored = edition.content
    stored["blocks"][0]["only_for"] = "language:ja"
    models.Edition.objects.filter(pk=edition.pk).update(content=stored)
    a_subscriber(morning, address="j@example.test", language="ja")
    shown = page(desk.get(f"/letters/{edition.pk}/preview/"))
    assert "en (2/3)" in words_of(shown)


def test_a_test_goes_to_whoever_asks_and_to_nobody_else(desk, edition, nao):
    models.Newsletter.objects.update(reply_to="desk@musashi.example")
    shown = page(desk.post(f"/letters/{edition.pk}/test/", follow=True))

    (sent,) = mail.outbox
    assert sent.to == [nao.email]
    assert sent.subject == "[Preview] Ferry number 5"
    assert "List-Unsubscribe" not in sent.extra_headers
    assert "⟦" not in sent.body + sent.alternatives[0][0]
    assert sent.reply_to == ["desk@musashi.example"]
    assert nao.email in said(shown)


def test_a_test_that_a_mail_server_takes_not_says_why_and_can_be_sent_again(
    desk, edition, settings
):
    def full(verb, _what):
        return "452 4.3.1 Full.\r\n" if verb == "MAIL" else None

    with server(settings, full):
        shown = page(desk.post(f"/letters/{edition.pk}/test/", follow=True))

    assert "The test could not be sent" in said(shown)
    assert "4.3.1 Full." in said(shown)


def test_preflight_is_looked_at_and_says_what_keeps_the_letter_back(desk, edition, stories):
    models.Newsletter.objects.update(sender_address="letters@musashi.localhost")
    address = f"/letters/{edition.pk}/preflight/"
    assert "Not looked at yet." in words_of(page(desk.get(address)))
    shown = page(desk.post(address, follow=True))
    assert "Nothing keeps this letter back." in words_of(shown)
    assert "Could not be checked" in every(shown, ".letter-found")
    withdraw_story(stories[4].pk, reason="Later.", by="ana")
    shown = page(desk.post(address, follow=True))
    assert "“Ferry number 5” may not be shown now" in words_of(shown)


def test_a_letter_under_way_is_not_checked(desk, checked, nao):
    sending.drop(checked.pk, by=nao.pk, at=SIX)
    shown = page(desk.post(f"/letters/{checked.pk}/preflight/", follow=True))
    assert "nothing to check" in said(shown)
    assert "closed to changes" in words_of(page(desk.get(f"/letters/{checked.pk}/")))


def test_it_is_scheduled_taken_back_and_dropped(desk, checked, letter):
    address = f"/letters/{checked.pk}/send/"
    when = {"verb": "schedule", "day": "2026-11-20", "time": "07:00"}
    shown = page(desk.post(address, when, follow=True))
    assert "2026-11-20 07:00" in words_of(shown)
    checked.refresh_from_db()
    assert (checked.state, checked.due_at) == ("scheduled", SEVEN)
    assert "2026-11-20 07:00" in words_of(page(desk.get("/letters/")))
    page(desk.post(address, {"verb": "take_back"}, follow=True))
    assert "Check it first" in words_of(page(desk.get(address)))
    page(desk.post(address, {"verb": "drop"}, follow=True))
    checked.refresh_from_db()
    assert checked.state == "stopped"


def test_a_wrong_time_and_a_wrong_verb_are_said(desk, checked):
    address = f"/letters/{checked.pk}/send/"
    assert every(page(desk.post(address, {"verb": "schedule"}), 422), ".letter-problem")
    old = {"verb": "schedule", "day": "2026-11-01", "time": "07:00", "each_zone": "on"}
    assert "time is over" in said(page(desk.post(address, old, follow=True)))
    assert "Choose what to do" in said(page(desk.post(address, {"verb": "x"}, follow=True)))


def test_what_is_on_its_way_shows_how_far_it_is_and_whose_mail_is_in_doubt(desk, checked, letter):
    for name in ("ana", "ben"):
        a_subscriber(letter, address=f"{name}@example.test")
    address = f"/letters/{checked.pk}/send/"
    page(desk.post(address, {"verb": "now"}, follow=True))
    sending.send_due(at=SIX)
    assert one(page(desk.get(address)), ".letter [role=status]") == "sending"
    shown = page(desk.post(address, {"verb": "pause"}, follow=True))
    assert one(shown, ".letter [role=status]") == "paused"
    page(desk.post(address, {"verb": "resume"}, follow=True))
    mail_models.Entry.objects.filter(number=1).update(fate="unknown", settled_at=SIX)
    shown = page(desk.get(address))
    assert "ana@example.test" in one(shown, ".letter-notes")
    page(desk.post(address, {"verb": "stop"}, follow=True))
    checked.refresh_from_db()
    assert checked.state == "stopped"
    assert "pause" not in words_of(page(desk.post(address, {"verb": "pause"}, follow=True))).split()
    assert "In the archive" in words_of(page(desk.get(f"/letters/{checked.pk}/")))


RECIPE = {
    "subject": "", "preheader": "", "days": ["0", "4"], "time": "07:00", "lead_minutes": "60",
    "fresh_hours": "36", "active": "on", "block-TOTAL_FORMS": "2", "block-INITIAL_FORMS": "0",
    "block-0-kind": "section", "block-0-about": "world", "block-0-count": "3",
    "block-0-masthead": "", "block-1-kind": "", "block-1-count": "3",
}  # fmt: skip


def test_a_recipe_is_written_and_read_again(desk, morning):
    address = "/letters/lists/morning/recipe/"
    assert page(desk.get(address)).cssselect('[name="block-0-kind"]')
    page(desk.post(address, RECIPE, follow=True))
    recipe = models.Recipe.objects.get()
    assert (recipe.days, [b.about for b in recipe.blocks.all()]) == ("04", ["world"])
    shown = page(desk.get(address))
    assert shown.cssselect('[name="block-0-about"]')[0].get("value") == "world"


def test_a_recipe_that_cannot_be_is_said(desk, morning, masthead):
    address = "/letters/lists/morning/recipe/"
    wrong = {**RECIPE, "block-0-about": "sport", "block-0-masthead": str(masthead.pk)}
    shown = page(desk.post(address, wrong), 422)
    assert "There is no section" in " ".join(every(shown, ".letter-problem"))
    page(desk.post(address, {**RECIPE, "time": "x"}), 422)


ADDRESSES = (
    "/letters/", "/letters/lists/morning/recipe/", "/letters/lists/morning/make/", "/letters/{}/",
    "/letters/{}/change/", "/letters/{}/preview/", "/letters/{}/letter.html",
    "/letters/{}/test/", "/letters/{}/preflight/", "/letters/{}/send/",
)  # fmt: skip


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_screen_asks_who_comes(nao, edition, address):
    """Nobody without an account, no member of the newsroom who makes none, and no stranger."""
    other = a_letter_editor(a_masthead("kinako"), "Ren Ueda")
    path = address.format(edition.pk)
    posts = path.endswith(("make/", "change/", "test/"))
    ask = "post" if posts else "get"
    strangers = {
        "nobody": client_for(a_reader()), "newsroom": enter(a_reader("Jo")), "other": enter(other),
    }  # fmt: skip

    found = {name: getattr(who, ask)(path).status_code for name, who in strangers.items()}

    assert found["nobody"] in {302, 403}
    assert found["newsroom"] in {302, 403}
    assert found["other"] == (200 if path == "/letters/" else 404)
    assert getattr(enter(nao), ask)(path).status_code in {200, 302}


def test_the_menu_has_letters_for_those_who_make_them(desk):
    assert "/letters/" in desk.get("/").content.decode()
    assert '"/letters/"' not in enter(a_reader("Jo")).get("/").content.decode()


def test_an_editor_of_the_network_makes_the_networks_letters_too(masthead):
    boss = a_letter_editor(None, "Aya Ito")
    models.Newsletter.objects.create(
        slug="network", name="Network", about="All.", rhythm="Daily", language="en",
        time_zone="Asia/Tokyo", sender_name="N", sender_address="n@n.example", created_at=SIX,
    )  # fmt: skip
    assert "Network" in words_of(page(enter(boss).get("/letters/")))


def test_words_are_there_in_both_languages():
    assert ENGLISH_WORDS.keys() == JAPANESE_WORDS.keys()
