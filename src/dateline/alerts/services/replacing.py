"""What follows for alerts when their story is killed, withdrawn or corrected."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from dateline.alerts import models
from dateline.alerts.domain.kinds import LONGEST_TEXT, Change, Fate, State
from dateline.alerts.domain.words import words_for
from dateline.alerts.queries.letters import letter_of
from dateline.alerts.services import mail_digests
from dateline.alerts.services.alerting import replace, take_back
from dateline.mail.queries.mailings import progress
from dateline.mail.services.recutting import recut
from dateline.mastheads import queries as mastheads
from dateline.prepared import Prepared
from dateline.stories.queries import reading as stories

OVER = (State.WITHDRAWN, State.LAPSED)
_of_story = Prepared[models.Alert](
    lambda *, story: (
        models.Alert.objects.select_for_update()
        .filter(story=story)
        .exclude(state__in=OVER)
        .exclude(change=Change.WITHDRAWS)
        .order_by("pk")
    )
)


@transaction.atomic
def story_gone(story_id: int, *, text: str, reason: str, mark: str, at: datetime) -> int:
    """Take back every alert of a story that readers may not see any more; return how many.

    What has not left stays; where one was shown, the text that `text` names (a word of
    `domain.words`) takes its place. Safe to run twice. `at` is aware UTC.
    """
    languages = {site.id: site.language for site in mastheads.all_mastheads()}
    rows = list(_standing(story_id))
    for row in rows:
        take_back(row, reason=reason, by="", at=at)
        if row.change != Change.REPLACES:  # that one stood in the place of one that is here too
            words = words_for(languages[row.masthead_id])
            replace(row, words[text], change=Change.WITHDRAWS, mark=mark, at=at)
    return len(rows)


@transaction.atomic
def story_corrected(story_id: int, *, mark: str, at: datetime) -> int:
    """Put the story's headline of now where its alerts were shown; return how many were replaced.

    What has not left goes out with that headline: an alert must not tell what the story no longer
    says. Safe to run twice. `at` is aware UTC.
    """
    done = 0
    for row in _standing(story_id):
        if row.instead_of_id:
            continue
        headline = stories.headline_of(story_id)
        done += replace(row, headline, change=Change.REPLACES, mark=mark, at=at) is not None
        if _still_speaks(row):
            row.text, row.why = headline[:LONGEST_TEXT], "The story was corrected."
            row.save(update_fields=["text", "why"])
            _say_anew(row, at=at)
    return done


def _still_speaks(row: models.Alert) -> bool:
    """Whether somebody is still to get an alert: it is not done, is held, or mail is on its way."""
    if row.state != State.DONE:
        return True
    held = models.Push.objects.filter(alert=row.pk, fate=Fate.HELD)
    waits = held.filter(Q(digest_at=None) | Q(digest__closed_at__gt=row.made_at)).exists()
    return waits or bool(row.mailing_id and progress(row.mailing_id).waiting)


def _say_anew(row: models.Alert, *, at: datetime) -> None:
    """Cut mails that have not left anew."""
    if row.mailing_id is not None:
        recut(row.mailing_id, [letter_of(row)], at=at)
    mail_digests.redraw(row.pk, at=at)


def _standing(story_id: int) -> list[models.Alert]:
    return _of_story(story=story_id)
