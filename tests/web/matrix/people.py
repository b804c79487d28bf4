"""What readers have with a title: letters, alerts, notices, decisions about their comments."""

import re

from django.contrib.auth import get_user_model
from django.core import mail
from django.test import Client

from dateline.discussion.domain.notices import Outcome
from dateline.discussion.models import Notice
from dateline.discussion.services import answers, decisions, notices
from dateline.newsletters.domain.editions import BlockKind
from dateline.newsletters.queries.holders import choose_token, out_token
from dateline.newsletters.services.recipes import BlockTerms
from dateline.outbox import services as outbox
from dateline.promos.adapters import links
from dateline.saving.services import save
from dateline.stories.models import Story
from tests.factories.discussion import a_comment, a_moderator
from tests.factories.editions import a_letter_editor, a_recipe, a_sent_edition
from tests.factories.newsletters import a_confirm_token, a_list, a_subscriber
from tests.factories.promos import a_campaign, a_manager
from tests.web.matrix.newspaper import HOUR, NOW, SAKI


def deliver():
    """What the worker does with what was recorded."""
    while outbox.deliver_due():
        pass


def meet(title):
    """Let readers write to a title, follow it and take its letters; their pages go into its paths."""
    evening = a_list(title.row, f"{title.slug}-evening", language=title.language)
    who = a_subscriber(evening, address=f"ana@{title.slug}.example")
    title.paths["alerts_choose"] = f"/alerts/choose/{choose_token(who)}/"
    saki = get_user_model().objects.get(pk=SAKI)
    title.paths["search_mail_choose"] = f"/search/mail/choose/{choose_token(who)}/"
    if title.state == "full":
        kept = Story.objects.filter(placements__masthead=title.row).values_list("pk", flat=True)
        save(SAKI, title.row.pk, list(kept), at=NOW)
    title.paths["stop_answers"] = f"/account/comments/stop/{answers.link_to_stop(saki.pk)}/"
    _letters(title, evening, who)
    if title.state == "full":
        _decided(title, saki)
        _offered(title)
    _alerts(title)


def _letters(title, evening, who):
    title.paths |= {
        "letters": f"/newsletters/{evening.slug.replace('evening', 'morning')}/",
        "letters_empty": f"/newsletters/{evening.slug}/",
        "evening": evening.slug,
        "letter_confirm": f"/newsletters/confirm/{a_confirm_token(who, evening)}/",
        "letter_out": f"/newsletters/out/{out_token(who, evening.pk)}/",
        "letter_choose": f"/newsletters/choose/{choose_token(who)}/",
    }
    if title.state == "full":
        morning = a_list(
            title.row, f"{title.slug}-morning", name=title.words["series"], language=title.language
        )
        nao = a_letter_editor(title.row)
        a_recipe(morning, BlockTerms(kind=BlockKind.SECTION, about="world"), by=nao)
        edition = a_sent_edition(morning, at=NOW, by=nao, readers=(f"rui@{title.slug}.example",))
        title.paths["letter"] = f"/newsletters/{morning.slug}/{edition.number}/"
    mail.outbox.clear()
    form = {"verb": "move", "address": f"other@{title.slug}.example"}
    sent(title, title.paths["letter_choose"], form)
    deliver()
    found = (re.search(r"(/newsletters/move/[^/]+/)", letter.body) for letter in mail.outbox)
    title.paths["letter_move"] = next(one[1] for one in found if one)


def _alerts(title):
    mail.outbox.clear()
    sent(title, "/alerts/by-mail", {"address": f"mio@{title.slug}.example"})
    deliver()
    found = (re.search(r"(/alerts/yes/\S+/)", letter.body) for letter in mail.outbox)
    title.paths["alerts_yes"] = next(one[1] for one in found if one)
    mail.outbox.clear()
    asked = {"q": "ferry", "pace": "daily", "zone": "Asia/Tokyo"}
    sent(title, "/search/mail", asked | {"address": f"ana@{title.slug}.example"})
    deliver()
    found = (re.search(r"(/search/mail/yes/\S+/)", letter.body) for letter in mail.outbox)
    title.paths["search_mail_yes"] = next(one[1] for one in found if one)


def _decided(title, saki):
    """Saki's comments of every fate, an appeal that is open, and a notice with its answer."""
    story, at = title.story, NOW - HOUR / 3
    moderator = a_moderator(title.row)
    three = " ".join(f"https://{title.slug}.example/{n}" for n in range(3))
    a_comment(story, title.row, three, author=saki, at=at)
    gone = a_comment(story, title.row, title.words["text"], author=saki, at=at)
    decisions.remove(gone.pk, by=moderator.pk, expected=1, rule=1, reason="Rude.", at=at)
    taken = a_comment(story, title.row, title.words["question"], author=saki, at=at)
    decisions.hold(taken.pk, by=moderator.pk, expected=1, reason="One moment.", at=at)
    number = gone.decisions.latest("pk").pk
    title.paths["appeal"] = f"/account/comments/{number}/appeal/"
    typed = {
        "address": f"https://{title.host}{title.paths['comment']}", "kind": "privacy",
        "reasons": "It names my child and the school.", "name": "Yui Mori",
        "email": "yui@example.test", "good_faith": "yes",
    }  # fmt: skip
    answer = sent(title, "/notices/", typed)
    title.paths["notice"] = answer["Location"]
    notices.decide_notice(
        Notice.objects.latest("pk").pk, by=moderator.pk, outcome=Outcome.KEPT,
        answer="The school is named nowhere.",
    )  # fmt: skip


def _offered(title):
    campaign = a_campaign(a_manager(title.row), on=(title.slug,), advertiser=f"Kumo {title.slug}")
    title.paths["offer_report"] = f"/p/r/{links.sign_report(campaign.pk)}"


def sent(title, path, form):
    """The answer to a form of a title's page."""
    headers = {"host": title.host, "origin": f"http://{title.host}"}
    return Client(REMOTE_ADDR=f"203.0.113.{len(title.slug)}").post(path, form, headers=headers)
