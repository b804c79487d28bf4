"""Tell people by mail what was decided about them: once for each decision, with rule and reason."""

from datetime import datetime

from django.core.mail import EmailMessage

from dateline.discussion import models
from dateline.discussion.domain.status import Verb
from dateline.discussion.domain.told_words import rules_for, told_words_for
from dateline.mastheads import queries as mastheads
from dateline.mastheads.domain.site import Site

OWN_PAGE = "/account/comments/"
EXCERPT = 400  # characters of the comment that are repeated to its author
OVER_COMMENTS = {
    Verb.REMOVED: "comment_removed",
    Verb.HELD: "comment_held",
    Verb.UNDONE: "comment_undone",
}
OVER_PEOPLE = {
    Verb.WARNED: "warned",
    Verb.SUSPENDED: "suspended",
    Verb.BANNED: "banned",
    Verb.LIFTED: "lifted",
}


def tell_decision(decision_id: int, *, at: datetime) -> bool:
    """Send the mail about one decision; say whether it was sent now. Safe to run twice.

    Approving and featuring is nothing to write of; taking back is, where the decision before it
    was told. Only where a process dies between sending and noting it may a mail come twice.
    `at` is aware UTC.
    """
    decision = _found(decision_id)
    kind = (OVER_COMMENTS | OVER_PEOPLE).get(Verb(decision.verb)) if decision else None
    if decision is None or kind is None:
        return False
    if decision.automatic:  # a hold is not yet a decision over it; a removal is (DSA 17)
        if decision.verb != Verb.REMOVED:
            return False
        kind = "comment_refused"
    if decision.verb == Verb.UNDONE and not _told_before(decision):
        return False
    return _send(decision, kind, about="decision", reason=decision.reason, at=at)


def tell_answer(appeal_id: int, *, at: datetime) -> bool:
    """Send the answer to an appeal. Else as `tell_decision`."""
    appeal = models.Appeal.objects.filter(pk=appeal_id).exclude(decided_at=None).first()
    decision = _found(appeal.decision_id) if appeal else None
    if appeal is None or decision is None:
        return False
    kind = "appeal_upheld" if appeal.upheld else "appeal_refused"
    return _send(decision, kind, about="appeal", reason=appeal.answer, at=at)


def _found(decision_id: int) -> models.Decision | None:
    """The decision, where there is somebody to write to."""
    rows = models.Decision.objects.filter(pk=decision_id, reader__is_active=True)
    return rows.exclude(reader__email="").select_related("reader", "comment").first()


def _told_before(decision: models.Decision) -> bool:
    before = models.Decision.objects.filter(comment=decision.comment_id, pk__lt=decision.pk)
    latest = before.order_by("-pk").first()
    return latest is not None and latest.letters.exists()


def _send(decision: models.Decision, kind: str, *, about: str, reason: str, at: datetime) -> bool:
    letter, _ = models.Letter.objects.get_or_create(decision=decision, about=about)
    site = _site_of(decision)
    if letter.sent_at or site is None or decision.reader is None:
        return False
    w = told_words_for(site.language)
    title = site.name if decision.masthead_id else w["network"]
    text = "\n\n".join(_parts(decision, kind, site, w, reason))
    EmailMessage(w[f"mail_{kind}"].format(title=title), text, to=[decision.reader.email]).send()
    letter.sent_at = at
    letter.save(update_fields=["sent_at"])
    return True


def _site_of(decision: models.Decision) -> Site | None:
    """The masthead it is about, or, of the network, the first one: its page shows everything."""
    if decision.masthead_id:
        return mastheads.by_id(decision.masthead_id)
    return next(iter(mastheads.all_mastheads()), None)


def _parts(
    decision: models.Decision, kind: str, site: Site, w: dict[str, str], reason: str
) -> list[str]:
    """The paragraphs of a mail."""
    until = f"{decision.until:{w['moment']}}" if decision.until else ""
    name = decision.reader.get_display_name() if decision.reader else ""
    parts = [w["mail_hello"].format(name), w[f"mail_{kind}_text"].format(until)]
    if decision.comment and decision.comment.text:
        parts.append("    " + decision.comment.text[:EXCERPT].replace("\n", "\n    "))
    if decision.rule:
        parts.append(
            f"{w['rule'].format(decision.rule)}: {rules_for(site.language)[decision.rule]}"
        )
    if reason:
        parts.append(reason)
    if models.Notice.objects.filter(decision=decision).exists():
        parts.append(w["by_notice"])
    return [*parts, f"{w['mail_link']}\n{site.origin}{OWN_PAGE}", w["redress"]]
