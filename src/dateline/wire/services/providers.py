"""Add and change providers, and say what may happen to their copy by itself."""

from datetime import datetime
from typing import Any

import structlog
from django.db import transaction

from dateline import clock
from dateline.mastheads import queries as mastheads
from dateline.outbox import services as outbox
from dateline.wire import models
from dateline.wire.events import ProviderChanged
from dateline.wire.services.reading import rules_of

log = structlog.get_logger(__name__)


class ProviderRefused(Exception):
    """Settings of a provider that cannot be. `problems` maps a field to a sentence."""

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__(" ".join(problems.values()))
        self.problems = problems


@transaction.atomic
def save_provider(provider: models.Provider, *, by: str, at: datetime | None = None) -> int:
    """Check and store a provider, new or changed; return its id. `by` is who did it, for the log.

    Raises:
        ProviderRefused: a time zone that does not exist, half a place, a section of another
            masthead, or another slug for a provider that has sent something; says which.

    """
    problems = problems_of(provider)
    if problems:
        raise ProviderRefused(problems)
    provider.save()
    outbox.record(ProviderChanged(provider_id=provider.pk, at=at or clock.now(), by=by))
    place = provider.auto_section_id and f"{provider.auto_masthead_id}/{provider.auto_section_id}"
    log.info("provider_saved", provider=provider.slug, by=by, publishes_to=place, at=at)
    return provider.pk


def create_provider(*, slug: str, by: str, at: datetime | None = None, **fields: Any) -> int:
    """Add a provider, or leave the one with this slug as it is; return its id.

    Raises:
        ProviderRefused: as `save_provider`.

    """
    known = models.Provider.objects.filter(slug=slug).first()
    return known.pk if known else save_provider(models.Provider(slug=slug, **fields), by=by, at=at)


@transaction.atomic
def publish_to(slug: str, *, masthead: str, section: str, by: str) -> bool:
    """Let a provider's usable items go to a section by themselves, where no rule is set yet.

    All three are slugs. Returns False where a rule was set already, and leaves it.

    Raises:
        Provider.DoesNotExist: there is no such provider.
        ProviderRefused: the masthead has no such section, or does not exist.

    """
    provider = models.Provider.objects.select_for_update().get(slug=slug)
    if provider.auto_masthead_id:
        return False
    site = mastheads.by_slug(masthead)
    node = site and site.section(section)
    if not site or not node:
        raise ProviderRefused({"auto_section": f"There is no section {masthead}/{section}."})
    provider.auto_masthead_id, provider.auto_section_id = site.id, node.id
    save_provider(provider, by=by)
    return True


def problems_of(provider: models.Provider) -> dict[str, str]:
    """What is wrong with a provider's settings, by field; empty when nothing is."""
    found = {
        "slug": _slug_problem(provider),
        "time_zone": _zone_problem(provider),
        "auto_section": _place_problem(provider),
    }
    return {field: problem for field, problem in found.items() if problem}


def _slug_problem(provider: models.Provider) -> str | None:
    before = models.Provider.objects.filter(pk=provider.pk).values_list("slug", flat=True).first()
    if before in (None, provider.slug) or not provider.deliveries.exists():
        return None
    return f"It stays {before}: the items it has sent are known under that name."


def _zone_problem(provider: models.Provider) -> str | None:
    try:
        rules_of(provider)
    except ValueError:
        return f"{provider.time_zone!r} is not an IANA time zone. Write it as Asia/Tokyo."
    return None


def _place_problem(provider: models.Provider) -> str | None:
    if bool(provider.auto_masthead_id) != bool(provider.auto_section_id):
        return "To publish automatically, choose a masthead and one of its sections, or neither."
    if not provider.auto_masthead_id:
        return None
    masthead = mastheads.by_id(provider.auto_masthead_id)
    if masthead and not masthead.trail(provider.auto_section_id or 0):
        return f"This section is not one of {masthead.name}. Choose a section of that masthead."
    return None
