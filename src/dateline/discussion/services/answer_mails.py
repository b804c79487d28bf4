"""Send readers the mail about answers: once each, gathered, and only what may be read right then.

A mail is begun (its rows are tied together under one name), sent, and noted as sent. Where a
process dies before it is sent, the next one sends it. Where one dies after it was sent and before
that was noted, it is sent again under the same Message-ID, by which mail servers know it.
"""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import structlog
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.template.loader import render_to_string

from dateline import clock
from dateline.accounts import queries as accounts
from dateline.discussion import models
from dateline.discussion.domain.answer_words import answer_words_for
from dateline.discussion.domain.answers import NEWS, SHOWN
from dateline.discussion.queries.answers import Answer, tellable
from dateline.discussion.services.answers import link_to_stop
from dateline.mastheads import queries as mastheads
from dateline.mastheads.domain.site import Site
from dateline.outbox.domain import wait_after

log = structlog.get_logger(__name__)

LEASE = timedelta(minutes=5)  # longer than a mail server may take; a dead process frees it then
MOST_TRIES = 30  # about a day
KEPT = 2 * NEWS  # nothing that old is noted again, so that nothing is told twice
STOP = "/account/comments/stop/"


def send_due(*, at: datetime | None = None, limit: int = 100) -> int:
    """Send the mail that is due, at most to `limit` readers; return how many mails left.

    Where one cannot leave, it is tried again after 5 s, doubling to an hour, for about a day, and
    holds up no other. `at` is aware UTC. Several workers may run this.
    """
    now = at or clock.now()
    due = _free(now).filter(due_at__lte=now).order_by("due_at", "pk")
    whom = due.values_list("reader_id", "comment__thread__masthead_id")[:limit]
    # Each at its own moment: a slow mail server does not make the next one's news old.
    return sum(_send_to(*one, at=at or clock.now()) for one in dict.fromkeys(whom))


def forget_sent(*, at: datetime | None = None) -> int:
    """Forget what was told so long ago that it can never be told again; return how many."""
    old = (at or clock.now()) - KEPT
    gone, _ = models.AnswerNote.objects.filter(sent_at__lt=old).delete()
    return gone


def _free(at: datetime) -> QuerySet[models.AnswerNote]:
    """What waits and is in no process's hands."""
    free = Q(leased_until=None) | Q(leased_until__lt=at)
    return models.AnswerNote.objects.filter(free, sent_at=None)


def _send_to(reader_id: UUID, masthead_id: int, *, at: datetime) -> bool:
    notes = _begun(reader_id, masthead_id, at=at)
    reader = get_user_model().objects.filter(pk=reader_id).first()
    site = mastheads.by_id(masthead_id)
    answers = []
    if notes and site and reader and _takes_mail(reader, site):
        answers = tellable(notes, reader_id, site, at=at)
    told = {answer.note_id for answer in answers}
    models.AnswerNote.objects.filter(pk__in=[n.pk for n in notes if n.pk not in told]).delete()
    if not (site and reader and answers):
        return False
    kept = models.AnswerNote.objects.filter(pk__in=told)
    try:
        _mail(reader, site, answers, name=notes[0].mail).send()
    except OSError as error:  # smtplib's own errors are among them
        _put_off(kept, notes[0], error, at=at)
        return False
    kept.update(sent_at=at, leased_until=None)
    return True


def _takes_mail(reader: Any, site: Site) -> bool:
    """Whether somebody may be written to, and is still known on the masthead."""
    return accounts.takes_mail(reader) and accounts.is_member(reader, site.id)


@transaction.atomic
def _begun(reader_id: UUID, masthead_id: int, *, at: datetime) -> list[models.AnswerNote]:
    """Take what is due for one reader on one masthead into one mail, with all that waits.

    A mail that was begun before and did not leave is gone on with as it was.
    """
    mine = _free(at).filter(reader_id=reader_id, comment__thread__masthead_id=masthead_id)
    rows = list(mine.select_for_update(of=("self",)).order_by("due_at", "pk"))
    if not rows or rows[0].due_at > at:
        return []
    notes = [row for row in rows if row.mail == rows[0].mail]
    name = rows[0].mail or uuid4()
    for note in notes:
        note.mail, note.leased_until = name, at + LEASE
    models.AnswerNote.objects.bulk_update(notes, ["mail", "leased_until"], batch_size=100)
    return notes


def _put_off(
    rows: QuerySet[models.AnswerNote], one: models.AnswerNote, error: OSError, *, at: datetime
) -> None:
    tries = one.tries + 1
    log.warning("answers_not_sent", mail=str(one.mail), tries=tries, error=repr(error))
    if tries >= MOST_TRIES:
        rows.delete()
    else:
        again = at + wait_after(tries)
        rows.update(tries=F("tries") + 1, due_at=again, leased_until=None)


def _mail(
    reader: Any, site: Site, answers: list[Answer], *, name: UUID | None
) -> EmailMultiAlternatives:
    w = answer_words_for(site.language)
    given = {
        "site": site,
        "w": w,
        "hello": w["hello"].format(reader.get_display_name()),
        "told": w["told_one" if len(answers) == 1 else "told_many"],
        "answers": [(w[a.why].format(a.name or w["gone"]), a) for a in answers[:SHOWN]],
        "more": w["more"].format(len(answers) - SHOWN) if len(answers) > SHOWN else "",
        "out": f"{site.origin}{STOP}{link_to_stop(reader.pk)}/",
    }
    mail = EmailMultiAlternatives(
        _subject(answers, site, w),
        _text(given),
        to=[reader.email],
        headers={
            "Message-ID": f"<answers.{name}@{settings.DATELINE_NETWORK_DOMAIN}>",
            "List-Unsubscribe": f"<{given['out']}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "auto-generated",
        },
    )
    mail.attach_alternative(render_to_string("discussion/mail/answers.html", given), "text/html")
    return mail


def _text(given: dict[str, Any]) -> str:
    w, parts = given["w"], [given["hello"], given["told"]]
    for said, answer in given["answers"]:
        text = answer.text.replace("\n", "\n    ") + (" …" if answer.cut else "")
        parts += [f"{said}\n{answer.headline}", f"    {text}", f"{w['read']}:\n{answer.address}"]
    parts += [given["more"]] if given["more"] else []
    return "\n\n".join([*parts, f"-- \n{w['why']}\n{w['out']}:\n{given['out']}"])


def _subject(answers: list[Answer], site: Site, w: dict[str, str]) -> str:
    if len(answers) > 1:
        return w["many"].format(count=len(answers), title=site.name)
    name = answers[0].name or w["gone"]
    return w[f"one_{answers[0].why}"].format(name=name, title=site.name)
