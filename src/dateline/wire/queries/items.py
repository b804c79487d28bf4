"""What the wire knows of one item and its family, for whoever makes stories of them."""

from datetime import datetime
from typing import Any

from django.db.models import Q

from dateline.wire import models
from dateline.wire.domain import standing
from dateline.wire.domain.item import Usability
from dateline.wire.domain.standing import Standing


def item_row(item_id: int) -> models.WireItem:
    """One wire item with its provider.

    Raises:
        WireItem.DoesNotExist: there is no such item.

    """
    return models.WireItem.objects.select_related("provider").get(pk=item_id)


def lock_provider(provider_id: int) -> None:
    """Wait for whoever makes or takes down stories of a provider; until the transaction ends.

    Items still come in meanwhile: rows that only point to the provider do not wait.
    """
    rows = models.Provider.objects.select_for_update(no_key=True)
    rows.only("pk").get(pk=provider_id)


def family_standings(provider_id: int, family: str) -> list[Standing]:
    """Every version we have of one family, as they arrived; `arrival` is the row's id."""
    rows = models.WireItem.objects.filter(provider_id=provider_id, family=family).order_by("pk")
    fields = ("version", "version_created_at", "usability", "recalls", "pk")
    return [standing_of(*row) for row in rows.values_list(*fields)]


def standing_of(
    version: int, made_at: datetime | None, usability: str, recalls: bool, arrival: int
) -> Standing:
    """One row as `domain.standing` sees it."""
    return Standing(
        version=version,
        made_at=made_at,
        usability=Usability(usability),
        recalls=recalls,
        arrival=arrival,
    )


def is_family_killed(provider_id: int, family: str, version: int | None = None) -> bool:
    """Whether a recall is in force over a family, or over one version of it.

    Without `version`: there is a recall, and no usable version that came after it. A family nobody
    has heard of is not killed.
    """
    known = family_standings(provider_id, family)
    if version is not None:
        known_versions = [s for s in known if s.version == version and not s.recalls]
        recalls = [s for s in known if s.recalls]
        if not known_versions:
            return any(r.version >= version for r in recalls)
        return all(standing.recall_of(s, recalls) for s in known_versions)
    return any(s.recalls for s in known) and standing.newest_usable(known) is None


def family_versions(provider_id: int, family: str) -> list[models.WireItem]:
    """Every version of a family, the newest first as `domain.standing` orders them."""
    rows = models.WireItem.objects.filter(provider_id=provider_id, family=family)
    by_id = {row.pk: row for row in rows.select_related("provider", "raw", "picture")}
    ordered = sorted(family_standings(provider_id, family), key=standing.order_of, reverse=True)
    return [by_id[one.arrival] for one in ordered]


def newest_usable(provider_id: int, family: str) -> models.WireItem | None:
    """The newest version that is usable and that no recall takes down, or None."""
    found = standing.newest_usable(family_standings(provider_id, family))
    return item_row(found.arrival) if found else None


def is_newest(item: models.WireItem) -> bool:
    """Whether no version of the item's family is newer."""
    found = standing.newest_of(family_standings(item.provider_id, item.family))
    return found is not None and found.arrival == item.pk


def is_correction(item_id: int) -> bool:
    """Whether the agency says that this version corrects an earlier one of its own family."""
    item = item_row(item_id)
    return any(
        relation["type"] == "corrects" and relation["family"] in (None, item.family)
        for relation in item.details.get("relations", ())
    )


def picture_of(item_id: int) -> Any:
    """The picture to show with an item: its own, else the first of its pictures that we were sent.

    An item names its pictures by file; those delivered beside it as files are found by that name.
    Killed pictures are left out. None when there is none. Returns media's Picture row.
    """
    pictures = pictures_of(item_row(item_id))
    return pictures[0] if pictures else None


def pictures_of(item: models.WireItem) -> list[Any]:
    """The pictures of an item that we hold, its own first, without killed ones."""
    named = [_beside(item.raw.file_name, p.get("href")) for p in item.details.get("pictures", ())]
    rows = models.WireItem.objects.filter(
        provider_id=item.provider_id, picture__isnull=False, picture__killed_at=None
    ).filter(Q(pk=item.pk) | Q(raw__file_name__in=named))
    place = {name: at for at, name in enumerate(named, start=1)}
    found = list(rows.select_related("picture", "raw").order_by("pk"))
    found.sort(key=lambda row: 0 if row.pk == item.pk else place[row.raw.file_name])
    return list({row.picture_id: row.picture for row in found}.values())


def picture_items_naming(item: models.WireItem, *, since: datetime) -> list[models.WireItem]:
    """Picture items received from `since` on (aware UTC) that name the file `item` came in."""
    rows = models.WireItem.objects.filter(
        provider_id=item.provider_id, kind="picture", picture=None, received_at__gte=since
    )
    name = item.raw.file_name
    return [
        row
        for row in rows.select_related("raw").order_by("pk")
        if any(
            _beside(row.raw.file_name, p.get("href")) == name
            for p in row.details.get("pictures", ())
            if p.get("href")
        )
    ]


def _beside(file_name: str, href: str | None) -> str:
    """The name under which a picture delivered in the same folder as `file_name` is known."""
    folder, slash, _ = file_name.rpartition("/")
    return folder + slash + (href or "").split("?")[0].rstrip("/").rsplit("/", 1)[-1]


def publishes_by_itself(slug: str) -> bool:
    """Whether a rule says that this provider's usable items are published by themselves."""
    found = models.Provider.objects.filter(slug=slug, active=True, auto_masthead__isnull=False)
    return bool(found.exists())


def automatic_place(provider_id: int) -> dict[str, str] | None:
    """Where a provider's usable items are published by themselves, or None.

    The keys are `masthead` and `section`, both slugs.
    """
    found = (
        models.Provider.objects.filter(pk=provider_id, active=True, auto_masthead__isnull=False)
        .values_list("auto_masthead__slug", "auto_section__slug")
        .first()
    )
    return {"masthead": found[0], "section": found[1]} if found else None
