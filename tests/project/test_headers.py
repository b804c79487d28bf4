"""Security headers: strict for readers, what Wagtail needs for the desk."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from dateline.project.headers import SecurityHeaders

pytestmark = pytest.mark.django_db


def test_a_reader_s_page_runs_no_inline_code_and_sits_in_no_frame():
    policy, response = answered(reader=True)

    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert response["X-Frame-Options"] == "DENY"


def test_an_account_host_without_its_database_asks_it_for_nothing(django_assert_num_queries):
    def view(request):
        request.urlconf, request.place = "dateline.project.account_urls", ":account"
        return HttpResponse(status=503)

    with django_assert_num_queries(0):
        answer = SecurityHeaders(view)(RequestFactory().get("/"))

    assert "form-action 'self';" in answer["Content-Security-Policy"]


def test_the_desk_may_show_its_own_previews():
    policy, response = answered(reader=False)

    assert "frame-ancestors 'self'" in policy
    assert "object-src 'none'" in policy
    assert response["X-Frame-Options"] == "SAMEORIGIN"


def test_a_view_that_says_otherwise_is_left_alone():
    policy, _ = answered(reader=True, own="default-src 'self'")

    assert policy == "default-src 'self'"


def test_every_answer_says_what_its_type_is_and_keeps_addresses_to_itself(client):
    response = client.get("/login/", headers={"host": "desk.localhost"})

    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response["Permissions-Policy"].startswith("camera=()")


def test_no_other_site_may_read_an_answer(client):
    response = client.get(
        "/login/", headers={"host": "account.localhost", "origin": "https://evil.test"}
    )

    assert response.status_code == 200
    assert "Access-Control-Allow-Origin" not in response


def test_cookies_belong_to_one_host(client, settings):
    response = client.get("/login/", headers={"host": "account.localhost"})

    cookie = response.cookies["csrf"]
    assert (cookie["domain"], cookie["samesite"]) == ("", "Lax")
    assert settings.SESSION_COOKIE_DOMAIN is None


def answered(*, reader, own=""):
    def view(request):
        if reader:
            request.urlconf = "dateline.project.reader_urls"
        response = HttpResponse()
        if own:
            response["Content-Security-Policy"] = own
        return response

    response = SecurityHeaders(view)(RequestFactory().get("/"))
    return response["Content-Security-Policy"], response
