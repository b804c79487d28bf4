"""An alert, or several that were held, as mail: HTML, plain text and headers."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.template import loader

from dateline.alerts import models
from dateline.alerts.domain.by_mail import CHOOSE, DIGEST, OUT, scope_of
from dateline.alerts.domain.kinds import AlertClass, Change
from dateline.alerts.domain.mail_words import mail_words_for
from dateline.alerts.domain.words import words_for
from dateline.alerts.queries.notices import path_of, site_of
from dateline.alerts.queries.senders import sender_of
from dateline.mail.domain.copies import Letter
from dateline.mail.domain.letter_look import look_of
from dateline.mail.queries.drawing import html_of
from dateline.mastheads.domain.site import Site

JAPANESE = "ja"


@dataclass(frozen=True, slots=True)
class Said:
    """One alert as the mail says it: what kind it is, its text, where a click leads."""

    label: str
    text: str
    url: str


def scope_of_alert(alert: models.Alert) -> str:
    """By what `mail` knows mails of an alert: whoever leaves that gets none of it."""
    kind = AlertClass(alert.alert_class)
    subject = {AlertClass.TOPIC: alert.topic_id, AlertClass.STORY: alert.story_id}.get(kind)
    return scope_of(alert.masthead_id, kind, subject)


def letter_of(alert: models.Alert) -> Letter:
    """The mail of one alert."""
    site = site_of(alert)
    words = mail_words_for(site.language)
    why = words[f"why_{alert.alert_class}"].format(
        site=site.name, topic=alert.topic.name if alert.topic else words["a_topic"]
    )
    label = words_for(site.language)[f"label_{alert.change or alert.alert_class}"]
    subject = words["subject"].format(label=label, text=alert.text)
    kind = {AlertClass.BREAKING: "breaking", AlertClass.TOPIC: f"topic-{alert.topic_id or 0}"}
    name = kind.get(AlertClass(alert.alert_class), f"story-{alert.story_id}")
    return _letter(site, subject, [_said(alert, site)], why=why, name=name)


def digest_letter(alerts: Sequence[models.Alert]) -> Letter:
    """One mail of several alerts of one masthead, oldest first; there must be one at least."""
    site = site_of(alerts[0])
    words = mail_words_for(site.language)
    title = words_for(site.language)["title_of"].format(name=site.name, label=words["digest"])
    if len(alerts) == 1:
        title = words["subject"].format(label=site.name, text=alerts[0].text)
    said = [_said(alert, site) for alert in alerts]
    return _letter(site, title, said, why=words["why_digest"].format(site=site.name), name=DIGEST)


def _said(alert: models.Alert, site: Site) -> Said:
    label = words_for(site.language)[f"label_{alert.change or alert.alert_class}"]
    if alert.alert_class == AlertClass.TOPIC and alert.topic and not alert.change:
        label = alert.topic.name
    gone = alert.change == Change.WITHDRAWS
    return Said(label, alert.text, "" if gone else site.origin + path_of(alert, site))


def _letter(site: Site, subject: str, said: list[Said], *, why: str, name: str) -> Letter:
    out = f"{site.origin}/newsletters/out/⟦token:{OUT}⟧/"
    look = look_of(site, is_japanese=site.language.startswith(JAPANESE))
    context: dict[str, Any] = {
        "site": site, "look": look, "d": look.light, "n": look.dark, "subject": subject,
        "said": said, "w": mail_words_for(site.language), "why": why, "out": out,
        "choose": f"{site.origin}/alerts/choose/⟦token:{CHOOSE}⟧/",
    }  # fmt: skip
    sender, reply_to, _ = sender_of(site)
    return Letter(
        subject=subject,
        html=html_of(loader.render_to_string("alerts/mail/alert.mjml", context)),
        text=loader.render_to_string("alerts/mail/alert.txt", context),
        sender=sender, reply_to=reply_to,
        headers={
            "List-Id": f"<{name}.alerts.{site.host}>",
            "List-Unsubscribe": f"<{out}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
    )  # fmt: skip
