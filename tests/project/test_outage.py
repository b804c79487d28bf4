"""The database does not answer: 503 in words, what was typed given back, nobody queueing up."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, InterfaceError, OperationalError, connection
from django.http import HttpResponse
from django.test import RequestFactory

from dateline.edge import services as edge
from dateline.project import hosts, outage
from dateline.project.outage import Outage, Spared

pytestmark = pytest.mark.django_db

GONE = OperationalError("unable to open database file")


@pytest.mark.parametrize("error", [GONE, InterfaceError("connection already closed")])
def test_a_view_without_its_database_answers_503_and_says_when_to_come_back(error):
    response = failed(RequestFactory().get("/stories/"), error)

    assert (response.status_code, response["Retry-After"]) == (503, "5")
    assert "no-store" in response["Cache-Control"]
    assert "The database does not answer" in response.content.decode()
    assert "Nothing is lost." in response.content.decode()
    assert "<form" not in response.content.decode()


@pytest.mark.parametrize("error", [ValueError("a bug"), IntegrityError("UNIQUE")])
def test_any_other_error_is_reported_as_what_it_is(error):
    assert failed(RequestFactory().get("/"), error) is None


def test_what_was_typed_comes_back_in_a_form_but_no_password():
    typed = {
        "headline": 'A "quoted" <b>headline</b>', "body": "\nOne.\r\nTwo.", "urgency": "5",
        "topics": ["a", "b"], "password": "hunter2", "new_password1": "hunter3",
        "csrfmiddlewaretoken": "t" * 90,
        "picture": SimpleUploadedFile("ferry.jpg", b"JPEG"),
    }  # fmt: skip
    request = RequestFactory().post("/edit/4/?next=a&b", typed)

    page = failed(request, GONE).content.decode()

    assert "<strong>Nothing was saved.</strong>" in page
    assert '<form method="post" action="/edit/4/?next=a&amp;b">' in page
    assert 'name="headline" value="A &quot;quoted&quot; &lt;b&gt;headline&lt;/b&gt;"' in page
    assert 'name="body" rows="8" cols="80">\n\nOne.\r\nTwo.</textarea>' in page
    assert page.count('type="hidden" name="topics"') == 2
    assert f'<input type="hidden" name="csrfmiddlewaretoken" value="{"t" * 90}">' in page
    assert "choose them again: picture." in page
    assert "hunter" not in page


def test_where_the_database_stopped_half_way_nobody_says_that_nothing_was_saved():
    request = RequestFactory().post("/edit/4/", {"headline": "A"})
    request._cached_user = object()  # the person was found: the view had begun

    page = failed(request, GONE).content.decode()

    assert "look whether it was saved" in page
    assert "Nothing was saved." not in page


def test_a_form_without_fields_leads_back():
    page = failed(RequestFactory().post("/"), GONE).content.decode()

    assert "Go back, and try again" in page
    assert "<form" not in page


def test_the_desk_is_told_what_readers_still_see(settings, tmp_path):
    settings.DATELINE_EDGE_DIR = tmp_path / "edge"
    assert (
        "Readers are still shown the 0 pages"
        in failed(RequestFactory().get("/"), GONE).content.decode()
    )

    settings.DATELINE_EDGE_DIR = tmp_path / "file"
    settings.DATELINE_EDGE_DIR.write_text("")
    assert "Readers" not in failed(RequestFactory().get("/"), GONE).content.decode()


def test_a_script_is_told_in_its_own_language():
    request = RequestFactory().post("/", {"headline": "A"}, headers={"accept": "application/json"})

    response = failed(request, GONE)

    assert response.status_code == 503
    assert b'"success": false' in response.content


def test_a_reader_is_told_in_one_sentence_and_others_are_not_sent_to_find_the_same():
    response = failed(readers("/world/"), GONE)

    assert (response.status_code, response["Content-Type"]) == (503, "text/plain; charset=utf-8")
    assert response.content.decode() == outage.FOR_READERS
    assert outage.READERS


def test_a_form_that_fails_on_a_reader_s_host_spares_nobody():
    request = RequestFactory().post("/account/")
    request.urlconf = hosts.READER_URLS

    failed(request, GONE)

    assert not outage.READERS


def test_readers_are_spared_for_a_second_and_not_beyond_a_purge(monkeypatch):
    now = [100.0]
    monkeypatch.setattr(outage.time, "monotonic", lambda: now[0])
    spared = Spared()
    assert not spared

    spared.note()
    assert spared
    now[0] += outage.SPARED_S
    assert not spared

    spared.note()
    edge.purge(["s:1"], cause="a test")
    assert not spared


def test_a_host_that_cannot_be_looked_up_is_a_503_and_the_next_one_is_not_looked_up(
    client, monkeypatch
):
    asked = []

    def find(host):
        asked.append(host)
        raise GONE

    monkeypatch.setattr(hosts, "find", find)
    routing = hosts.HostRouting(lambda _: HttpResponse())

    answers = [routing(RequestFactory().get("/", headers={"host": "post.test"})) for _ in range(2)]

    assert [a.status_code for a in answers] == [503, 503]
    assert asked == ["post.test"]


def test_the_desk_s_host_is_known_while_readers_are_spared():
    outage.READERS.note()
    routing = hosts.HostRouting(lambda _: HttpResponse())

    request = RequestFactory().get("/", headers={"host": "desk.localhost"})

    assert routing(request).status_code == 200


def test_the_front_hears_of_it_and_may_show_an_old_page(client, monkeypatch):
    monkeypatch.setattr(hosts, "find", failing)

    headers = {"host": "musashi.localhost", "x-dateline-fill": "1"}
    response = client.get("/", headers=headers)

    assert response.status_code == 503
    assert "X-Dateline-Edge" not in response.headers


def test_a_person_at_the_desk_is_given_a_page_and_no_stack_trace(client):
    client.raise_request_exception = False

    def refuse(*_):
        raise GONE

    with connection.execute_wrapper(refuse):
        client.cookies["session"] = "s" * 32
        response = client.get("/", headers={"host": "desk.localhost"})

    assert response.status_code == 503
    assert b"The database does not answer" in response.content
    assert "frame-ancestors 'self'" in response["Content-Security-Policy"]


def failing(_host):
    raise GONE


def failed(request, error):
    return Outage(lambda _: HttpResponse()).process_exception(request, error)


def readers(path):
    request = RequestFactory().get(path)
    request.urlconf = hosts.READER_URLS
    return request


@pytest.fixture(autouse=True)
def _nobody_spared(monkeypatch):
    monkeypatch.setattr(outage, "READERS", Spared())
