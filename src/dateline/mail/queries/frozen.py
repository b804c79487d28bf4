"""Which mailing is what: found by the key it was frozen under."""

from dateline.mail import models
from dateline.mail.domain.states import MailingState


def frozen(subject_key: str) -> int | None:
    """The id of the mailing that was frozen, whole, under this key; None where there is none."""
    rows = models.Mailing.objects.filter(subject_key=subject_key)
    whole = rows.exclude(state=MailingState.FREEZING.value)
    return whole.values_list("pk", flat=True).first()
