"""Preflight: each thing that is wrong keeps the letter back, with its reason, and no more does."""

from dataclasses import replace
from datetime import timedelta

import pytest

from dateline.mastheads import models as masthead_models
from dateline.newsletters import models
from dateline.newsletters.adapters import one_click
from dateline.newsletters.domain import preflight
from dateline.newsletters.domain.editions import EditionRefused, EditionState, content_of
from dateline.newsletters.domain.segments import Variant
from dateline.newsletters.queries import letters
from dateline.newsletters.services import checking, editions, sending
from dateline.stories.services.kills import kill_story
from dateline.stories.services.publishing import withdraw_story
from tests.factories.editions import SIX, an_edition
from tests.factories.newsroom import a_story
from tests.factories.pictures import a_picture
from tests.stories.newspaper import facts


def nothing(name):
    raise AssertionError(f"{name} was asked, which no public DNS knows")


def over_https(host):
    return f"https://{host}"


def look(edition, ask=nothing):
    edition = models.Edition.objects.select_related("newsletter").get(pk=edition.pk)
    found = checking.look_at(edition, at=SIX, ask=ask)
    return {f.check.value: (f.standing.value, f.key) for f in found}


@pytest.fixture
def in_order(letter, stories):
    a_story("Vote tonight", section="politics", at=SIX - timedelta(hours=1))
    letter.sender_address = "letters@musashi.localhost"
    letter.save()
    return an_edition(letter)


def test_in_the_demo_it_says_what_it_could_not_check_and_lets_the_letter_leave(in_order, nao):
    found = look(in_order)

    assert {name for name, (standing, _) in found.items() if standing == "good"} == {
        "stories", "blocks", "pictures", "links", "size", "text", "contrast"
    }  # fmt: skip
    assert found["one_click"] == ("unchecked", "not_public")
    assert found["spf"] == found["dkim"] == found["dmarc"] == ("unchecked", "reserved")
    assert checking.check(in_order.pk, by=nao.pk, at=SIX, ask=nothing)
    in_order.refresh_from_db()
    assert (in_order.state, in_order.checked_at) == ("checked", SIX)
    assert len(in_order.checked) == len(preflight.Check)
    assert [(f["was"], f["became"]) for f in facts("edition.moved")] == [("draft", "checked")]


def test_a_story_that_was_killed_withdrawn_or_embargoed_since_keeps_it_back(in_order, stories, nao):
    for close in (
        lambda: kill_story(stories[4].pk, reason="False.", by="ana"),
        lambda: withdraw_story(stories[3].pk, reason="Later.", by="ana"),
    ):
        close()
        assert look(in_order)["stories"] == ("blocked", "closed")
    assert not checking.check(in_order.pk, by=nao.pk, at=SIX, ask=nothing)
    in_order.refresh_from_db()
    assert in_order.state == "draft"


def test_a_picture_without_alt_text_keeps_it_back(letter):
    a_story("With a picture", at=SIX - timedelta(hours=1), lead_picture=a_picture(credit="S. Ito"))
    assert look(an_edition(letter))["pictures"] == ("blocked", "no_alt")


def test_empty_blocks_empty_letters_and_odd_links_keep_it_back(letter, nao):
    row = an_edition(letter, by=nao)
    text = "See http://a.example and javascript://b."
    editions.reword(row.pk, "b1", title="", text=text, by=nao.pk, at=SIX)
    found = look(row)
    assert found["blocks"] == ("blocked", "empty")
    assert found["stories"] == ("blocked", "nothing")
    assert found["links"] == ("blocked", "bad_link")


def test_too_much_no_text_and_no_way_out_keep_it_back(in_order):
    variant = Variant("en", tuple(b.key for b in content_of(in_order.content).blocks))
    one = letters.drawn(in_order, [variant], at=SIX)[variant]
    slots = ["⟦token:newsletters.out⟧"]

    def found(letter):
        return [
            (f.check.value, f.key)
            for f in preflight.of_drawn(letter.html, letter.text, slots=slots, words="en")
        ]

    assert found(one) == []
    assert found(replace(one, html=one.html + "é" * 60_000)) == [("size", "too_big")]
    assert found(replace(one, text="\n")) == [("text", "no_text"), ("one_click", "no_way_out")]
    bare = one.html.replace("⟦token:newsletters.out⟧", "")
    assert found(replace(one, html=bare)) == [("one_click", "no_way_out")]


def test_colours_that_cannot_be_read_in_the_dark_keep_it_back(in_order, masthead):
    masthead_models.Masthead.objects.filter(pk=masthead.pk).update(ink_dark="#333333")
    assert look(in_order)["contrast"] == ("blocked", "faint")


def test_one_click_is_really_tried_and_leaves_no_trace(in_order, monkeypatch):
    before = (models.Subscriber.objects.count(), models.Consent.objects.count())
    assert look(in_order)["one_click"][0] == "unchecked"
    assert (models.Subscriber.objects.count(), models.Consent.objects.count()) == before

    monkeypatch.setattr(one_click, "post", lambda _: 500)
    assert look(in_order)["one_click"] == ("blocked", "no_answer_one_click")
    monkeypatch.setattr(one_click, "post", lambda _: 200)
    assert look(in_order)["one_click"] == ("blocked", "not_effective")


def test_one_click_needs_https_on_a_public_host(in_order, masthead, settings, dns_names):
    masthead_models.Masthead.objects.filter(pk=masthead.pk).update(host="musashi.paper.co.jp")
    assert look(in_order)["one_click"] == ("blocked", "not_https")
    settings.DATELINE_ORIGIN_OF = f"{__name__}.over_https"
    assert look(in_order)["one_click"] == ("good", "")


def test_the_domain_of_the_sender_is_asked_for_what_it_says(in_order, letter, dns_names, settings):
    models.Newsletter.objects.update(sender_address="letters@paper.co.jp")
    settings.DATELINE_MAIL_DKIM_SELECTORS = "one, two@esp.net"
    dns_names["paper.co.jp"] = ["v=spf1 mx -all"]

    found = look(in_order, dns_names.ask)

    assert found["spf"] == ("good", "")
    assert found["dkim"] == ("blocked", "dkim_missing")
    assert found["dmarc"] == ("blocked", "dmarc_missing")


def test_a_letter_that_changed_meanwhile_or_is_under_way_is_not_checked(in_order, nao):
    def change(name):
        row = models.Edition.objects.get(pk=in_order.pk)
        first = content_of(row.content).items[0].key
        editions.take_out(row.pk, first, by=nao.pk, at=SIX)
        return []

    models.Newsletter.objects.update(sender_address="letters@paper.co.jp")
    with pytest.raises(EditionRefused, match="changed while"):
        checking.check(in_order.pk, by=nao.pk, at=SIX, ask=change)
    sending.drop(in_order.pk, by=nao.pk, at=SIX)
    with pytest.raises(EditionRefused, match="nothing to check"):
        checking.check(in_order.pk, by=nao.pk, at=SIX, ask=nothing)


def test_a_checked_letter_that_changes_is_a_draft_again(in_order, nao):
    checking.check(in_order.pk, by=nao.pk, at=SIX, ask=nothing)
    editions.say(in_order.pk, subject="Other", preheader="", by=nao.pk, at=SIX)
    in_order.refresh_from_db()
    assert in_order.state == EditionState.DRAFT
