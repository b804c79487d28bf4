"""A restored database does not know what left since its backup: nothing leaves a second time."""

from datetime import timedelta

import pytest

from dateline.mail.domain.states import MailingState
from dateline.mail.models import Mailing
from dateline.newsletters.services import checking, holding, rhythm, sending
from dateline.project import restored
from tests.factories.editions import SIX, an_edition

DAY = timedelta(days=1)


@pytest.fixture
def checked(letter, stories, nao):
    letter.sender_address = "letters@musashi.localhost"
    letter.save()
    row = an_edition(letter, at=SIX)
    assert checking.check(row.pk, by=nao.pk, at=SIX)
    return row


def test_what_was_on_its_way_waits_for_a_person(checked, nao):
    sending.send_now(checked.pk, by=nao.pk, at=SIX)
    sending.send_due(at=SIX)
    mailing = Mailing.objects.get()
    mailing.state = MailingState.SENDING.value  # its backup was made in the middle
    mailing.save()

    held = holding.hold_what_may_have_left(at=SIX)

    mailing.refresh_from_db()
    assert (held.mailings, mailing.state) == (1, "paused")
    assert mailing.why.startswith("A backup was restored: it may have left before. Held at 2026")


def test_a_letter_that_was_due_meanwhile_is_a_draft_again_and_one_to_come_is_not(
    checked, letter, nao
):
    sending.send_now(checked.pk, by=nao.pk, at=SIX)
    later = an_edition(letter, at=SIX)
    assert checking.check(later.pk, by=nao.pk, at=SIX)
    day = (SIX + 2 * DAY).date()
    sending.schedule(later.pk, day=day, wall=letter.recipe.time, each_zone=False, by=nao.pk, at=SIX)

    held = holding.hold_what_may_have_left(at=SIX)

    checked.refresh_from_db()
    later.refresh_from_db()
    assert (held.letters, checked.state, checked.due_at) == (1, "draft", None)
    assert later.state == "scheduled"
    assert checked.notes.order_by("pk").last().told == holding.WHY
    assert sending.send_due(at=SIX) == 0


def test_the_morning_that_is_over_is_not_made_again(letter, stories):
    letter.recipe.days = "0123456"
    letter.recipe.save()
    seven = SIX + timedelta(hours=1)

    holding.hold_what_may_have_left(at=seven)

    assert rhythm.make_due(at=seven) == 0
    assert rhythm.make_due(at=seven + DAY) == 1


def test_it_is_done_once_at_the_first_start_after_a_restore(checked, nao, tmp_path):
    restored.hold(tmp_path, at=SIX)  # nothing was restored here
    sending.send_now(checked.pk, by=nao.pk, at=SIX)
    restored.mark(tmp_path)

    restored.hold(tmp_path, at=SIX)

    checked.refresh_from_db()
    assert checked.state == "draft"
    assert not (tmp_path / restored.MARK).exists()
