"""Documents that the newsroom uploads are for the newsroom."""

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from wagtail.documents.models import Document

pytestmark = pytest.mark.django_db


def test_a_document_is_served_to_people_of_the_desk_alone(desk, media_root):
    contract = Document.objects.create(
        title="Contract", file=ContentFile(b"Between us.", name="contract.txt")
    )
    address = reverse("wagtaildocs_serve", args=[contract.pk, contract.filename])

    outside = Client(headers={"host": "desk.localhost"}).get(address)
    inside = desk().get(address)

    assert (outside.status_code, outside.content) == (404, b"There is no such document.\n")
    assert outside["Content-Type"] == "text/plain; charset=utf-8"
    assert (inside.status_code, b"".join(inside)) == (200, b"Between us.")


@pytest.mark.parametrize("path", ["/documents/1/contract.txt", "/admin/", "/login/", "/wire/"])
def test_readers_hosts_know_nothing_of_the_desk(path):
    answer = Client(headers={"host": "unknown.localhost"}).get(path)

    assert answer.status_code == 404
