"""Lists and who is on them, through the real services."""

from dateline import clock
from dateline.mail.queries import links
from dateline.newsletters import models
from dateline.newsletters.domain.consent import Told
from dateline.newsletters.domain.kinds import Act
from dateline.newsletters.domain.links import CONFIRM, minute_of
from dateline.newsletters.services import standing

TOLD = Told(
    shown="Yes, send it to me.", where="http://musashi.localhost/newsletters/", ip="203.0.113.7"
)


def a_list(masthead=None, slug="morning", **fields):
    """An open list of a masthead, or of the network."""
    told = {
        "name": "Musashi Morning", "about": "The day in one letter.",
        "rhythm": "Weekdays at 7", "language": "en", "time_zone": "Asia/Tokyo",
        "sender_name": "The Musashi Daily", "sender_address": "letters@musashi.example",
        "created_at": clock.now(),
    }  # fmt: skip
    return models.Newsletter.objects.create(masthead=masthead, slug=slug, **{**told, **fields})


def a_subscriber(*lists, address="ana@example.test", **fields):
    """Somebody who is on these lists, confirmed."""
    who, _ = models.Subscriber.objects.get_or_create(
        key=address.lower(), defaults={"address": address, "created_at": clock.now(), **fields}
    )
    for one in lists:
        standing.put_on(who, one, act=Act.CONFIRMED, told=TOLD, at=clock.now())
    return who


def a_confirm_token(who, *lists, at=None):
    """What ends the link of a mail that asks to confirm these lists."""
    ids = (one.pk for one in lists)
    return links.token_for(CONFIRM, who.pk, who.turn, minute_of(at or clock.now()), *ids)
