"""Preflight: look at a letter before it may leave, and say why not."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction

from dateline.mail.domain.addresses import domain_of
from dateline.mail.domain.letter_look import faint
from dateline.mastheads.domain.site import Site
from dateline.newsletters import models
from dateline.newsletters.adapters import one_click
from dateline.newsletters.adapters.txt_records import asking
from dateline.newsletters.domain import preflight
from dateline.newsletters.domain.doors import sized
from dateline.newsletters.domain.editions import OPEN_TO_HANDS, EditionRefused, EditionState
from dateline.newsletters.domain.editions import content_of as read
from dateline.newsletters.domain.kinds import Standing as OnList
from dateline.newsletters.domain.links import CHOOSE, OUT
from dateline.newsletters.domain.preflight import Check, Finding, Standing, blocked
from dateline.newsletters.domain.sender_policy import Ask, is_reserved
from dateline.newsletters.queries import audiences, holders, letters, material
from dateline.newsletters.services.editions import became, kept_back, locked, note

OK = 200


def look_at(edition: models.Edition, *, at: datetime, ask: Ask) -> list[Finding]:
    """Everything preflight finds in a letter, in the desk's order; changes nothing.

    `at` is aware UTC, `ask` answers for DNS. What cannot be known here is said to be unchecked.
    """
    content = read(edition.content)
    site = material.home_of(edition.newsletter)
    found = [
        *preflight.of_content(content, material.still_open(content.items, at=at)),
        *_drawn(edition, at=at),
        *(blocked(Check.CONTRAST, "faint", found=text) for text in faint(site.tokens)),
        *_one_click(edition.newsletter, site, at=at),
        *_sender(edition.newsletter, ask),
    ]
    return preflight.whole(found)


def _drawn(edition: models.Edition, *, at: datetime) -> Iterator[Finding]:
    slots = [f"⟦token:{purpose}⟧" for purpose in (OUT, CHOOSE)]
    wanted = audiences.variants_of(edition)
    for variant, one in letters.drawn(edition, wanted, at=at, name_of=sized).items():
        yield from preflight.of_drawn(one.html, one.text, slots=slots, words=variant.language)


def _sender(newsletter: models.Newsletter, ask: Ask) -> Iterator[Finding]:
    domain = domain_of(newsletter.sender_address)
    return preflight.of_sender(
        sender=domain, envelope=domain_of(letters.envelope_of(newsletter)),
        selectors=_selectors(domain), ask=ask,
    )  # fmt: skip


def _selectors(domain: str) -> list[tuple[str, str]]:
    """(selector, domain) of each key that signs; one without a domain is the sender's own."""
    pairs = (
        part.strip().partition("@") for part in settings.DATELINE_MAIL_DKIM_SELECTORS.split(",")
    )
    return [(selector, where or domain) for selector, _, where in pairs if selector]


def _one_click(newsletter: models.Newsletter, site: Site, *, at: datetime) -> Iterator[Finding]:
    """Really leave, as somebody who was put on the list for this, and take all of it back."""
    status, left = _tried(newsletter, site, at=at)
    if status != OK:
        yield blocked(Check.ONE_CLICK, "no_answer_one_click", status=str(status))
    elif not left:
        yield blocked(Check.ONE_CLICK, "not_effective")
    elif is_reserved(site.host):
        yield Finding(Check.ONE_CLICK, Standing.UNCHECKED, "not_public", {"origin": site.origin})
    elif not site.origin.startswith("https://"):
        yield blocked(Check.ONE_CLICK, "not_https", origin=site.origin)


def _tried(newsletter: models.Newsletter, site: Site, *, at: datetime) -> tuple[int, bool]:
    with transaction.atomic():
        address = f"preflight-{uuid4().hex}@preflight.invalid"
        who = models.Subscriber.objects.create(key=address, address=address, created_at=at)
        on_it = models.Subscription.objects.create(
            newsletter=newsletter, subscriber=who, standing=OnList.CONFIRMED.value, confirmed_at=at
        )
        token = holders.out_token(who, newsletter.pk)
        status = one_click.post(f"{site.origin}/newsletters/out/{token}/")
        on_it.refresh_from_db()
        transaction.set_rollback(True)
    return status, on_it.standing == OnList.ENDED


def check(edition_id: int, *, by: UUID | None, at: datetime, ask: Ask | None = None) -> bool:
    """Look at a letter, keep what was found, and call it checked where nothing blocks it.

    `at` is aware UTC; `ask` answers for DNS (this machine's resolvers if left out). Returns whether
    it may leave.

    Raises:
        NotTheirs: `by` does not make this list's letters.
        EditionRefused: it is on its way, or over.

    """
    row = models.Edition.objects.select_related("newsletter").get(pk=edition_id)
    if row.state not in OPEN_TO_HANDS:
        raise EditionRefused(f"The letter is {row.state}: there is nothing to check.")
    found = look_at(row, at=at, ask=ask or asking())  # DNS may take its time: no lock is held
    return _keep(row, found, by=by, at=at)


@transaction.atomic
def _keep(
    looked_at: models.Edition, found: list[Finding], *, by: UUID | None, at: datetime
) -> bool:
    row = locked(looked_at.pk, by=by)
    if row.state not in OPEN_TO_HANDS or row.content != looked_at.content:
        raise EditionRefused("The letter changed while it was looked at. Check it again.")
    row.checked, row.checked_at = [finding.to_json() for finding in found], at
    may = preflight.may_leave(found)
    note(row, "checked" if may else "blocked", by=by, at=at)
    if by is None and not may:
        kept_back(row, at=at)
    became(row, EditionState.CHECKED if may else EditionState.DRAFT, by=by, at=at)
    return may
