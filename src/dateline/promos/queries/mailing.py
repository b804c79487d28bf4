"""The offer of one letter, drawn on the server: mails have no script, and no pixel of ours."""

from dataclasses import dataclass
from datetime import datetime

from django.template import loader

from dateline.mastheads.domain.site import Site
from dateline.promos import models
from dateline.promos.adapters import links
from dateline.promos.domain.draw import Entry, draw
from dateline.promos.domain.kinds import SHOWN, Kind, Slot, Tier
from dateline.promos.domain.targets import Place, fits
from dateline.promos.domain.windows import is_open
from dateline.promos.domain.words import kicker_of, words_for
from dateline.promos.queries import campaigns
from dateline.promos.queries.manifest import MOST, label_of


@dataclass(frozen=True, slots=True)
class MailOffer:
    """What stands in a letter: the same label and words in both forms, and a signed link.

    `path` is that link's, on the masthead's host, as it stands in both.
    """

    campaign_id: int
    headline: str
    path: str
    html: str
    text: str


def offer_for_mail(site: Site, *, seed: int, at: datetime) -> MailOffer | None:
    """Draw one of the offers booked for a masthead's newsletters; None where there is none.

    `seed` is a number of the letter (32 bits): one letter, one offer, however often it is drawn.
    `at` (aware UTC) is when it is sent. Clicks are counted by the link; views of mails are not.
    Campaigns that aim at sections or topics stand in no letter.
    """
    place = Place(masthead=site.slug, language=site.language)
    able = campaigns.rows().filter(
        state__in=SHOWN, mastheads=site.id, creatives__slots__slot=Slot.NEWSLETTER
    )
    rows = {
        row.pk: row
        for row in able.distinct().order_by("pk")[:MOST]
        if fits(campaigns.targets_of(row), place)
        and is_open(campaigns.times_of(row), at)
        and _creatives(row)
    }
    entries = [_entry(row) for row in rows.values()]
    drawn = draw(entries, seed=seed, slot=Slot.NEWSLETTER)
    if not drawn.campaign:
        return None
    row = rows[drawn.campaign]
    (one,) = (one for one in _creatives(row) if one.pk == drawn.creative)
    return _drawn(row, one, site)


def _creatives(row: models.Campaign) -> list[models.Creative]:
    return [
        one
        for one in row.creatives.all()
        if Slot.NEWSLETTER in {slot.slot for slot in one.slots.all()}
    ]


def _entry(row: models.Campaign) -> Entry:
    return Entry(
        campaign=row.pk,
        tier=Tier(row.tier),
        creatives=tuple(one.pk for one in _creatives(row)),
        share=row.share,
        weight=row.weight,
    )


def _drawn(row: models.Campaign, one: models.Creative, site: Site) -> MailOffer:
    path = f"/p/c/{links.sign(row.pk, one.pk, Slot.NEWSLETTER)}"
    words = words_for(site.language)
    given = {
        "label": label_of(row, site),
        "kicker": kicker_of(Kind(one.kind), language=site.language),
        "creative": one,
        "cta": one.cta or words["cta"],
        "link": f"{site.origin}{path}",
        "site": site,
        "words": words,
    }
    html, text = (
        loader.render_to_string(f"promos/mail/offer.{kind}", given) for kind in ("html", "txt")
    )
    return MailOffer(row.pk, one.headline, path, html.strip(), text.strip())
