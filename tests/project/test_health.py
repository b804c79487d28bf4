"""`/readyz` says whether this process can answer readers."""

import pytest
from django.db import DatabaseError, connection

from tests.factories.newsroom import a_masthead

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("host", ["localhost", "nowhere.test"])
def test_it_answers_on_every_host(client, host):
    response = client.get("/readyz", headers={"host": host})

    assert (response.status_code, response.json()) == (200, {"database": "answers"})


def test_it_says_when_the_database_is_down(client, monkeypatch):
    def down():
        raise DatabaseError("gone")

    monkeypatch.setattr(connection, "cursor", down)

    response = client.get("/readyz", headers={"host": "localhost"})

    assert (response.status_code, response.json()) == (503, {"database": "does not answer"})


@pytest.mark.parametrize(
    ("domain", "status"),
    [("post.localhost", 200), ("desk.localhost", 200), ("account.localhost", 200),
     ("localhost", 200), ("evil.test", 404),
     ("x.localhost", 404), ("127.0.0.1", 404), ("", 404)],
)  # fmt: skip
def test_a_proxy_learns_which_hosts_deserve_a_certificate(client, domain, status):
    a_masthead("post")

    response = client.get(f"/known-host?domain={domain}", headers={"host": "127.0.0.1:8000"})

    assert response.status_code == status
