"""What an ESP's events have told of mails, for those whose answer was lost."""

from collections.abc import Mapping
from datetime import datetime

from django.db.models import Q

from dateline.mail import models
from dateline.mail.domain.message_ids import whose

AT_ONCE = 500


class Heard:
    """Asks the ledger what events noted there. What comes later settles the unknown by itself."""

    patience_s = 0.0

    def known(self, asked: Mapping[str, datetime]) -> dict[str, bool]:
        """Message-ID → yes, where an event says that the ESP had it; that it had not, none says."""
        numbers: dict[int, list[int]] = {}
        for mailing_id, number in filter(None, map(whose, asked)):
            numbers.setdefault(mailing_id, []).append(number)
        told = Q(delivered_at=None, bounced_at=None, complained_at=None, soft_bounces=None)
        heard = {
            (mailing, number)
            for mailing, ones in numbers.items()
            for at in range(0, len(ones), AT_ONCE)
            for number in models.Entry.objects.filter(
                ~told, mailing_id=mailing, number__in=ones[at : at + AT_ONCE]
            ).values_list("number", flat=True)
        }
        return {name: True for name in asked if whose(name) in heard}
