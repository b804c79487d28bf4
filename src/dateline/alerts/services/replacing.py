"""What follows for alerts when their story is killed, withdrawn or corrected."""

from datetime import datetime

from django.db import transaction

from dateline.alerts import models
from dateline.alerts.domain.kinds import LONGEST_TEXT, Change, State
from dateline.alerts.domain.words import words_for
from dateline.alerts.services.alerting import replace, take_back
from dateline.mastheads import queries as mastheads
from dateline.stories import queries as stories

OVER = (State.WITHDRAWN, State.LAPSED)


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
        if row.state != State.DONE:
            row.text, row.why = headline[:LONGEST_TEXT], "The story was corrected."
            row.save(update_fields=["text", "why"])
    return done


def _standing(story_id: int) -> list[models.Alert]:
    rows = models.Alert.objects.select_for_update().filter(story=story_id)
    rows = rows.exclude(state__in=OVER).exclude(change=Change.WITHDRAWS)
    return list(rows.order_by("pk"))
