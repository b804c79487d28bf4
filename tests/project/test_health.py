"""`/readyz` says whether this process can answer readers."""

import pytest
from django.db import DatabaseError, connection

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
