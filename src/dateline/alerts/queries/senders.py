"""In whose name alerts of a masthead leave by mail."""

from email.utils import formataddr

from django.conf import settings
from django.utils.module_loading import import_string

from dateline.mail.domain.addresses import domain_of
from dateline.mastheads.domain.site import Site


def sender_of(site: Site) -> tuple[str, str, str]:
    """The From field, where answers go (or empty) and the envelope's sender, for bounces.

    Those of the masthead's list of alerts, which the room of lists is asked for by a setting; where
    it has none, the address from which the network writes.
    """
    known = import_string(settings.DATELINE_ALERT_SENDER)(site.id)
    name, address, reply_to = known or (site.name, settings.DEFAULT_FROM_EMAIL, "")
    return formataddr((name, address)), reply_to, f"bounces@{domain_of(address)}"
