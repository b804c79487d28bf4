"""Somebody at the desk before the screens for lists."""

from django.contrib.auth.models import Permission

from tests.desk.conftest import client_for

BASE = "/newsletters/lists/"


class AtTheDesk:
    """Asks for addresses below the screens for lists."""

    def __init__(self, client):
        self.client = client

    def get(self, path):
        """The answer as it came."""
        return self.client.get(f"{BASE}{path}")

    def post(self, path, data=None):
        """The answer to a form."""
        return self.client.post(f"{BASE}{path}", data or {})


def at_the_desk(person):
    """Sign somebody in who may enter the desk."""
    person.user_permissions.add(
        Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
    )
    return AtTheDesk(client_for(person))
