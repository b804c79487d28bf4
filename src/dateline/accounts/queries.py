"""Find people."""

from dateline.accounts import models


def by_email(email: str) -> models.User | None:
    """The person with this address in any letter case, or None."""
    return models.User.objects.filter(email__iexact=email.strip()).first()
