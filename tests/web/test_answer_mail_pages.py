"""Mail about answers: its setting below one's comments, and the way out of it."""

import pytest
from django.conf import settings
from django.test import Client
from lxml import html

from dateline.discussion.domain.answers import Pace
from dateline.discussion.queries.answers import chosen_pace
from dateline.discussion.services import answers
from dateline.mastheads.models import Masthead
from tests.factories.discussion import a_reader
from tests.factories.people import a_session
from tests.factories.web import one

pytestmark = pytest.mark.django_db

PATH = "/account/comments/"


@pytest.fixture
def rin(musashi):
    return a_reader("Rin Abe")


def browser(person=None):
    client = Client(headers={"host": "musashi.localhost"}, enforce_csrf_checks=True)
    if person:
        client.cookies[settings.SESSION_COOKIE_NAME] = a_session(person, "musashi")
    return client


def read(answer):
    return html.document_fromstring(answer.content)


def chosen(page):
    return [option.get("value") for option in page.cssselect("#pace option[selected]")]


def choose(client, pace):
    token = read(client.get(PATH)).cssselect("#mail [name=csrfmiddlewaretoken]")[0].get("value")
    return client.post(
        f"{PATH}mail/", {"pace": pace, "csrfmiddlewaretoken": token},
        headers={"origin": "http://musashi.localhost"},
    )  # fmt: skip


def test_it_is_off_until_a_reader_switches_it_on(rin):
    client = browser(rin)
    page = read(client.get(PATH))
    assert chosen(page) == ["never"]
    assert rin.email in one(page, "#mail form")

    answer = choose(client, "daily")

    assert answer["Location"] == f"{PATH}?chosen#mail"
    after = read(client.get(f"{PATH}?chosen"))
    assert one(after, "#mail [role=status]") == "Saved."
    assert chosen(after) == ["daily"]


def test_only_what_is_offered_can_be_chosen(rin):
    answer = choose(browser(rin), "always")

    assert answer.status_code == 422
    assert "Choose one of the four." in one(read(answer), ".own-problem")
    assert chosen_pace(rin.pk) is Pace.NEVER


def test_who_is_signed_out_is_asked_to_sign_in(musashi):
    client = Client(headers={"host": "musashi.localhost"})

    assert client.post(f"{PATH}mail/", {"pace": "soon"})["Location"].endswith(f"next={PATH}")


def test_a_mail_program_stops_it_at_once_without_a_log_in_or_token(rin):
    answers.choose_pace(rin.pk, Pace.SOON)
    address = f"{PATH}stop/{answers.link_to_stop(rin.pk)}/"

    answer = browser().post(address, {"List-Unsubscribe": "One-Click"})

    assert answer.status_code == 200
    assert answer["Cache-Control"] == "private, no-store"
    assert not answer.cookies
    assert chosen_pace(rin.pk) is Pace.NEVER


def test_to_look_at_the_link_changes_nothing_and_shows_a_button(rin):
    answers.choose_pace(rin.pk, Pace.SOON)
    address, client = f"{PATH}stop/{answers.link_to_stop(rin.pk)}/", browser()

    page = read(client.get(address))
    client.head(address)

    assert one(page, "h1") == "Stop mail about answers"
    assert chosen_pace(rin.pk) is Pace.SOON
    (form,) = page.cssselect(".own form")
    assert (form.get("method"), form.get("action")) == ("post", None)
    assert one(read(client.post(address)), "[role=status]").startswith("It is stopped.")


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_link_that_we_did_not_make_leads_nowhere(rin, method):
    link = answers.link_to_stop(rin.pk)

    answer = getattr(browser(), method)(f"{PATH}stop/{link[:-1]}/")

    assert answer.status_code == 404


def test_a_japanese_title_says_it_in_japanese(rin):
    Masthead.objects.update(language="ja")

    page = read(browser().get(f"{PATH}stop/{answers.link_to_stop(rin.pk)}/"))

    assert one(page, "h1") == "返信のお知らせメールの停止"
    assert one(read(browser(rin).get(PATH)), "#own-mail") == "返信のお知らせメール"
