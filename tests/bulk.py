"""Delete several rows of the desk's lists at once, as a person would."""

from urllib.parse import urlencode

from django.urls import reverse


def delete_many(client, model, ids):
    """`model` is app/name."""
    address = reverse("wagtail_bulk_action", args=[*model.split("/"), "delete"])
    asked = urlencode({"next": "/", "id": sorted(ids)}, doseq=True)
    answer = client.post(f"{address}?{asked}", headers={"host": "desk.localhost"})
    assert answer.status_code == 302, answer
