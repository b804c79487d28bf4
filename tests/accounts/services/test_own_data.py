"""A copy of everything, and the end of an account: done by the worker, proved to whoever asks."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from allauth.socialaccount.models import SocialAccount
from django.core import mail

from dateline.accounts.domain.data import ANONYMOUS, ERASE, DataRefused, ReaderData
from dateline.accounts.models import DataRequest, NetworkLogin, User
from dateline.accounts.services import own_data, readers
from dateline.mastheads.queries import by_slug
from dateline.outbox.models import FactRecord
from dateline.project.reader_data import ROOMS
from tests.factories.newsroom import a_masthead
from tests.factories.people import APP, Browser, a_reader, a_session, an_editor_of_the_desk

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
DAY = timedelta(days=1)

forgotten = []
ROOMS_OF_TEST = (
    ReaderData(
        room="letters",
        copy=lambda user_id: [{"text": f"Said by {user_id}"}],
        forget=lambda user_id, choice: forgotten.append((user_id, choice)) or {"letters": 2},
    ),
    *ROOMS,
)


def test_a_copy_holds_what_every_room_keeps_and_no_secret(reader, rooms):
    secret = APP.generate_totp_secret()
    APP.TOTP.activate(reader, secret)
    asked = own_data.ask_for_copy(reader, at=NOON)
    assert own_data.ask_for_copy(reader, at=NOON + DAY) == asked
    assert (asked.due_at, asked.content) == (NOON + DAY, "")

    assert own_data.run_due(at=NOON + DAY / 2) == 1
    assert own_data.run_due(at=NOON + DAY / 2) == 0

    asked.refresh_from_db()
    told = json.loads(asked.content)
    assert told["letters"] == [{"text": f"Said by {reader.pk}"}]
    account = told["account"]
    assert (account["email"], account["display_name"]) == ("rieko@example.test", "Rieko A.")
    assert account["addresses"] == [{"email": "rieko@example.test", "verified": True}]
    assert account["providers"][0]["extra_data"] == {"name": "Rie"}
    assert account["titles"][0]["shown"] == "I agree."
    assert len(account["log_ins"]) == 1
    assert account["second_steps"][0]["type"] == "totp"
    for hidden in (secret, reader.password, "noise@example.test"):
        assert hidden not in asked.content
    assert asked.done_at == NOON + DAY / 2


def test_a_copy_is_kept_for_seven_days(reader):
    asked = own_data.ask_for_copy(reader, at=NOON)
    own_data.run_due(at=NOON)

    own_data.run_due(at=NOON + 7 * DAY)
    asked.refresh_from_db()
    assert asked.content
    own_data.run_due(at=NOON + 7 * DAY + timedelta(seconds=1))
    asked.refresh_from_db()
    assert asked.content == ""


@pytest.mark.parametrize("choice", [ERASE, ANONYMOUS])
def test_an_account_is_closed_at_once_and_gone_after_the_worker(reader, rooms, choice):
    user_id = str(reader.pk)
    asked = own_data.ask_for_deletion(reader, choice=choice, language="en", at=NOON)
    assert not User.objects.get(pk=user_id).is_active
    assert not NetworkLogin.objects.filter(user=reader, ended_at=None).exists()

    own_data.run_due(at=NOON + DAY / 24)

    asked.refresh_from_db()
    assert not User.objects.filter(pk=user_id).exists()
    assert User.objects.filter(email="noise@example.test").exists()
    assert forgotten == [(user_id, choice)]
    assert (asked.user, asked.done_at, asked.content) == (None, NOON + DAY / 24, "")
    assert asked.proof == {
        "letters": 2, "comments": 0, "votes": 0, "log_ins": 1, "addresses": 1, "titles": 1,
        "providers": 1, "mail_stops": 0, "alerts": 0, "searches": 0, "accounts": 1,
        "newsletters": 0, "saved_stories": 0,
    }  # fmt: skip
    (told,) = FactRecord.objects.filter(name="reader.deleted")
    assert (told.payload["user_id"], told.payload["choice"]) == (user_id, choice)


def test_the_mail_leads_to_the_page_that_proves_it(reader, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        asked = own_data.ask_for_deletion(reader, choice=ERASE, language="ja", at=NOON)

    (letter,) = mail.outbox
    assert (letter.to, letter.subject) == (["rieko@example.test"], "アカウントを閉じました")
    link = f"http://account.localhost:8000/your-data/{asked.pk}/?hl=ja"
    assert link in letter.body
    own_data.run_due(at=NOON)
    page = Browser().go(link)
    assert (page.title, page.says("addresses: 1")) == ("アカウントの削除", True)


@pytest.mark.parametrize("choice", ["", "keep"])
def test_without_a_choice_nothing_is_closed(reader, choice):
    with pytest.raises(DataRefused, match="data_choice"):
        own_data.ask_for_deletion(reader, choice=choice, language="en", at=NOON)

    assert not DataRequest.objects.exists()


def test_an_account_of_the_newsroom_is_an_administrator_s_to_close():
    editor = an_editor_of_the_desk()

    with pytest.raises(DataRefused, match="data_staff"):
        own_data.ask_for_deletion(editor, choice=ERASE, language="en", at=NOON)

    assert User.objects.get().is_active


def test_what_somebody_asked_who_was_removed_meanwhile_is_done(reader):
    asked = own_data.ask_for_copy(reader, at=NOON)
    reader.delete()

    assert own_data.run_due(at=NOON + DAY) == 1

    asked.refresh_from_db()
    assert (asked.done_at, asked.content, asked.proof) == (NOON + DAY, "", {})
    assert str(asked) == f"copy {asked.pk}"


@pytest.fixture
def rooms(settings):
    forgotten.clear()
    settings.DATELINE_READER_DATA = f"{__name__}.ROOMS_OF_TEST"


@pytest.fixture
def reader():
    a_masthead("musashi", name="The Musashi Daily")
    noise = a_reader("noise@example.test")
    readers.join(noise, by_slug("musashi"), shown="Noise.", at=NOON)
    person = a_reader()
    readers.set_display_name(person, "Rieko A.", at=NOON)
    readers.join(person, by_slug("musashi"), shown="I agree.", at=NOON)
    a_session(person, "musashi")
    SocialAccount.objects.create(
        user=person, provider="google", uid="7", extra_data={"name": "Rie"}
    )
    return person
