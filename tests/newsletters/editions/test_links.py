"""Links of letters: where they lead, for how long, what nobody can make of them, what they cost."""

import email
import re
import time
from datetime import timedelta
from email import policy
from urllib.parse import urlsplit

import pytest
from django.core import mail as outbox
from django.db import DatabaseError

from dateline.mail.queries.links import token_for
from dateline.newsletters import models
from dateline.newsletters.domain.clicks import COPY, Kind, Worth
from dateline.newsletters.domain.doors import Doors, Wish
from dateline.newsletters.domain.editions import content_of
from dateline.newsletters.domain.links import CHOOSE
from dateline.newsletters.domain.preflight import MOST_BYTES
from dateline.newsletters.domain.segments import Variant
from dateline.newsletters.queries import audiences, letters
from dateline.newsletters.services import clicks, sending
from dateline.newsletters.services.doors import _Names, drawn_to_leave
from dateline.promos.domain.draw import unit
from dateline.promos.domain.kinds import Slot
from dateline.stories.services.kills import kill_story
from tests.factories.editions import SIX, a_sent_edition, the_copy, the_link
from tests.factories.promos import BROWSER, a_campaign, a_creative, a_manager
from tests.factories.web import Reader

AS_READER = {"user-agent": BROWSER, "accept-language": "en"}
ANA, BEN = "ana@example.test", "ben@example.test"
HOUR = timedelta(hours=1)
LINK = re.compile(r"http://musashi\.localhost(?::\d+)?(/l/[A-Za-z0-9_-]{20}/[A-Za-z0-9_-]+)")

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(letter, stories, nao, noon):
    noon.at = SIX
    row = a_sent_edition(letter, by=nao, readers=(ANA, BEN))
    noon.on(HOUR)
    return row


@pytest.fixture
def reader():
    return Reader()


def parts(message):
    """Plain text and HTML of a mail as its reader's program has them."""
    found = email.message_from_bytes(message.message().as_bytes(), policy=policy.default)
    return [part.get_content() for part in found.iter_parts()]


def touched():
    return models.LinkClick.objects.count()


def path(edition, number=0):
    return content_of(edition.content).items[number].path


def test_every_link_to_pages_of_ours_is_by_name_in_both_parts(sent, reader):
    text, html = parts(outbox.outbox[-1])
    named = [set(LINK.findall(part)) for part in (text, html)]
    assert named[0] <= named[1]

    rows = {row.name: row for row in sent.links.all()}
    kinds = sorted(rows[one.split("/")[2]].kind for one in named[0])
    assert kinds == ["archive", "online", "story", "story", "story"]
    hidden = {rows[one.split("/")[2]].kind for one in named[1] - named[0]}
    assert hidden == {"front", "hidden"}
    assert [row.told for row in sent.links.filter(kind="story").order_by("place")] == [
        item.headline for item in content_of(sent.content).items
    ]
    hrefs = [one for one in re.findall(r'href="([^"]*)"', html) if "/l/" not in one]
    straight = {one.split("/")[4] for one in hrefs if "musashi.localhost" in one}
    assert straight == {"out", "choose"}


def test_a_link_leads_to_its_story_and_is_kept_by_nobody(sent, reader):
    link = the_link(sent, path(sent))
    answer = reader.get(f"/l/{link.name}/{the_copy(sent, ANA)}", **AS_READER)
    assert (answer.status_code, touched()) == (302, 1)
    assert answer["Location"].endswith(f"{link.path}?utm_medium=email")  # read.js looks for it
    assert answer["Location"].startswith("http://musashi.localhost")
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert "Set-Cookie" not in answer


def test_a_killed_storys_link_leads_to_its_notice(sent, reader):
    story = content_of(sent.content).items[0]
    link = the_link(sent, story.path)
    kill_story(story.story_id, reason="Names a minor.", by="nao", at=SIX + HOUR)

    answer = reader.get(f"/l/{link.name}/{the_copy(sent, ANA)}", **AS_READER)
    assert reader.get(urlsplit(answer["Location"]).path).status_code == 410


def test_an_old_letters_links_lead_on_after_every_key_was_replaced(sent, reader, settings):
    copy = the_copy(sent, ANA)
    link = the_link(sent, path(sent))
    settings.SECRET_KEY, old = "another" * 10, settings.SECRET_KEY
    settings.SECRET_KEY_FALLBACKS = [old]
    clicks.follow(link.name, copy, worth=Worth.PERHAPS, at=SIX + HOUR)
    assert not models.LinkClick.objects.get().is_known

    settings.SECRET_KEY_FALLBACKS = []  # its reader is nobody's any more, and is led on
    assert reader.get(f"/l/{link.name}/{copy}", **AS_READER).status_code == 302
    assert models.LinkClick.objects.get(copy="").is_known


@pytest.mark.parametrize(
    ("method", "headers"),
    [("head", {}), ("get", {"sec-purpose": "prefetch"}), ("get", {"sec-gpc": "1"})],
)
def test_what_nobody_followed_is_led_on_and_not_counted(sent, reader, method, headers):
    address = f"/l/{the_link(sent, path(sent)).name}/{the_copy(sent, ANA)}"
    ask = getattr(reader.client, method)
    told = {"host": reader.host, **AS_READER, **headers}
    assert ask(address, headers=told).status_code == 302
    assert touched() == 0
    assert reader.client.post(address, headers=told).status_code == 405


def test_who_said_that_they_mind_is_led_on_and_not_counted(sent, reader):
    token = token_for(CHOOSE, models.Subscriber.objects.get(key=ANA).pk, sent.mailing_id)
    page = f"/newsletters/choose/{token}/"
    told = {"verb": "save", "list": "morning", "shown": "morning", "uncounted": "on"}
    saved = reader.client.post(page, told, headers={"host": reader.host})
    assert b'name="uncounted" checked' in saved.content

    address = f"/l/{the_link(sent, path(sent)).name}/{the_copy(sent, ANA)}"
    assert reader.get(address, **AS_READER).status_code == 302
    assert touched() == 0
    del told["uncounted"]
    reader.client.post(page, told, headers={"host": reader.host})
    reader.get(address, **AS_READER)
    assert touched() == 1


def test_a_robot_is_known_for_one(sent, reader):
    address = f"/l/{the_link(sent, path(sent)).name}/{the_copy(sent, ANA)}"
    reader.get(address, **{**AS_READER, "user-agent": "curl/8.5"})
    assert models.LinkClick.objects.get().is_known


def test_the_mail_of_a_second_ago_was_read_by_nobody(sent):
    link, copy = the_link(sent, path(sent)), the_copy(sent, ANA)
    for seconds, known in ((9, True), (10, False)):
        clicks.follow(link.name, copy, worth=Worth.PERHAPS, at=SIX + timedelta(seconds=seconds))
        assert models.LinkClick.objects.order_by("-pk")[0].is_known is known
    models.Edition.objects.update(ended_at=None)  # still on its way to others
    clicks.follow(link.name, copy, worth=Worth.PERHAPS, at=SIX + HOUR)
    assert not models.LinkClick.objects.order_by("-pk")[0].is_known
    models.Subscriber.objects.all().delete()
    clicks.follow(link.name, copy, worth=Worth.PERHAPS, at=SIX + 2 * HOUR)
    assert touched() == 4


def test_what_is_kept_of_a_click_names_nobody(sent):
    link = the_link(sent, path(sent))
    for address in (ANA, BEN, ANA):
        copy = the_copy(sent, address)
        clicks.follow(link.name, copy, worth=Worth.PERHAPS, at=SIX + HOUR)
    copies = [row.copy for row in models.LinkClick.objects.all()]
    assert len(copies) == len(set(copies)) == 2  # the third came within ten seconds
    columns = {field.name for field in models.LinkClick._meta.get_fields()}
    assert columns == {"id", "link", "copy", "at", "slice", "is_known", "verdict"}


def test_a_copy_of_another_letter_counts_as_a_program(sent):
    link, (who, number) = the_link(sent, path(sent)), (1, sent.mailing_id)
    for copy in (
        "",
        "x",
        token_for(COPY, who, number + 1),
        token_for("newsletters.out", who, number),
    ):
        clicks.follow(link.name, copy, worth=Worth.PERHAPS, at=SIX + HOUR)
        row = models.LinkClick.objects.get()
        assert (row.copy, row.is_known) == ("", True)
        row.delete()


def test_a_count_that_the_database_refuses_holds_no_reader_up(sent, monkeypatch):
    def refuse(*_, **__):
        raise DatabaseError("database is locked")

    link = the_link(sent, path(sent))
    monkeypatch.setattr(models.LinkClick.objects, "bulk_create", refuse)
    led = clicks.follow(link.name, the_copy(sent, ANA), worth=Worth.PERHAPS, at=SIX + HOUR)
    assert led
    assert led.partition("?")[0].endswith(link.path)


def test_a_click_costs_few_queries(sent, reader, django_assert_max_num_queries):
    address = f"/l/{the_link(sent, path(sent)).name}/{the_copy(sent, ANA)}"
    reader.get(address, **AS_READER)
    with django_assert_max_num_queries(5):  # the network in two, the link, the reader, the row
        assert reader.get(address, **AS_READER).status_code == 302


@pytest.mark.soak
def test_no_link_that_was_tampered_with_leads_off_our_hosts(sent, soaking):
    """A million in a soak: each is a real link with something changed, cut or put in."""
    link, copy = the_link(sent, path(sent)), the_copy(sent, ANA)
    allowed = {f"http://musashi.localhost:8000{row.path}" for row in sent.links.all()}
    allowed |= {one.replace(":8000", "") for one in allowed} | {None}
    allowed |= {f"{one}?utm_medium=email" for one in allowed}
    letters = "ABCXYZabcxyz0189-_.~%/?@:"
    tries, led = 1_000_000 if soaking else 10_000, 0
    for n in range(tries):
        at, way, one, two = (
            int(unit(n, word) * most)
            for word, most in (("at", len(link.name) + 1), ("way", 4), (1, 25), (2, 25))
        )
        name, more = link.name, letters[one] + letters[two]
        other = (
            name[:at], name[at:], name[:at] + more + name[at:], name[:at] + more + name[at + 2 :],
        )[way]  # fmt: skip
        target = clicks.follow(other, copy + more, worth=Worth.NOTHING, at=SIX)
        assert target in allowed
        led += other != name and target is not None
    assert led == 0


@pytest.mark.parametrize(
    "address",
    [
        "/l/", "/l/x", "/l/x/y", "/l/{name}", "/l/{name}/", "/l/{name}/{copy}/", "/l/{upper}/{copy}",
        "/l/{name}/{copy}?to=https://evil.example/", "/l/https:%2F%2Fevil.example/{copy}",
        "/l/ééééééééééééééééééé./{copy}",
    ],
)  # fmt: skip
def test_a_link_that_is_not_ours_is_not_found(sent, reader, address):
    link = the_link(sent, path(sent))
    told = {"name": link.name, "upper": link.name.swapcase(), "copy": the_copy(sent, ANA)}
    answer = reader.get(address.format(**told), **AS_READER)
    if "?" in address:
        assert answer["Location"].partition("?")[0].endswith(link.path)
    else:
        assert answer.status_code in {301, 302, 404}
        assert "evil" not in answer.get("Location", "")
        assert answer.status_code == 404 or answer["Location"].startswith("/")


def test_a_row_cannot_lead_off_our_hosts_even_by_hand(sent):
    link = the_link(sent, path(sent))
    for wrong in ("//evil.example/", "https://evil.example/", ""):
        link.path = wrong
        with pytest.raises(DatabaseError):
            link.save()


def test_a_letter_that_is_cut_anew_keeps_the_names_of_its_links(letter, stories, nao):
    row = a_sent_edition(letter, by=nao, readers=(ANA,))
    models.Edition.objects.update(state="sending")
    before = dict(row.links.values_list("path", "name"))
    sending.cut_anew(row.pk, at=SIX + HOUR)
    assert dict(row.links.values_list("path", "name")) == before


def test_a_path_that_no_page_has_gets_no_name(sent):
    names = _Names(sent.pk)
    for wrong in ("/" + "x" * 500, "world"):
        assert names(Wish(Kind.STORY, "musashi", wrong)) == ""
    doors = Doors("musashi", {"musashi": "https://m.example"}, names)
    assert doors.to(Wish(Kind.STORY, "gone", "/world/ferry-1")) == "/world/ferry-1"
    assert not names.new


def test_rows_say_what_they_are(sent):
    link = the_link(sent, path(sent))
    clicks.follow(link.name, the_copy(sent, ANA), worth=Worth.PERHAPS, at=SIX + HOUR)
    count = models.LinkCount.objects.create(link=link, hour=SIX)
    assert str(link) == f"{sent.pk}: {link.path}"
    assert str(models.LinkClick.objects.get()) == f"{link.pk} at 2026-11-19 22:00:00"
    assert str(count) == f"{link.pk} at 2026-11-19 21h"


def test_previews_and_tests_lead_straight_on(sent):
    (wanted,) = audiences.variants_of(sent)[:1]
    one = letters.as_test(letters.drawn(sent, [wanted], at=SIX)[wanted])
    assert "/l/" not in one.html + one.text
    assert path(sent) in one.html
    assert "tabindex" not in one.html


def test_no_screen_reader_nor_keyboard_meets_the_hidden_link(sent):
    html = parts(outbox.outbox[-1])[1]
    hidden = re.search(r"<div aria-hidden=\"true\"[^>]*>(.*?)</div>", html, re.DOTALL)
    assert "display:none" in hidden[0].replace(" ", "")
    assert "mso-hide:all" in hidden[0].replace(" ", "")
    assert re.fullmatch(r'<a [^>]*tabindex="-1"[^>]*></a>', hidden[1])
    name = LINK.search(hidden[1])[1].split("/")[2]
    assert models.EditionLink.objects.get(name=name).kind == Kind.HIDDEN


def test_an_offers_link_is_one_of_the_letters(letter, stories, nao, masthead, reader, noon):
    kei = a_manager(masthead)
    campaign = a_campaign(kei, creatives=[a_creative(slots=(Slot.NEWSLETTER,))])
    noon.at = SIX
    row = a_sent_edition(letter, by=nao, readers=(ANA,))
    noon.on(HOUR)
    link = row.links.get(kind="offer")
    assert link.told == campaign.creatives.get().headline
    assert "/p/c/" not in "".join(parts(outbox.outbox[-1]))
    answer = reader.get(f"/l/{link.name}/{the_copy(row, ANA)}", **AS_READER)
    assert "/p/c/" in answer["Location"]


def test_a_full_letter_stays_small_and_its_links_cost_little(letter, stories, nao):
    row = a_sent_edition(letter, by=nao)
    began = time.perf_counter()
    for one in drawn_to_leave(
        row, [Variant("en", audiences.variants_of(row)[0].blocks)], at=SIX
    ).values():
        assert len(one.html.encode()) < MOST_BYTES / 2
    assert time.perf_counter() - began < 2
