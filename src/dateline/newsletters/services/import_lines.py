"""The lines of one go of an import: judged one by one, written together."""

from collections.abc import Sequence
from datetime import datetime

from dateline.mail.domain.addresses import key_of
from dateline.mail.queries.suppression import withheld_among
from dateline.newsletters import models
from dateline.newsletters.domain.importing import LineRefused, Person, Verdict, person_of
from dateline.newsletters.domain.kinds import Act, Standing
from dateline.newsletters.domain.links import scope_of
from dateline.newsletters.domain.names import known_language

SHOWN_OF_A_LINE = 500
MANY = 500  # values in one statement, for databases that limit them


def take_lines(row: models.ListImport, lines: Sequence[bytes], *, at: datetime) -> None:
    """Put those on the list who may be; write down each line that puts nobody on it, and why.

    Nobody who left the list, or may not be written to, comes onto it by a file. Counts are added
    to `row`, which the caller saves in the same transaction.
    """
    left_out: list[models.ImportLine] = []
    people: dict[str, tuple[int, Person, bytes]] = {}
    for number, line in enumerate(lines, start=row.lines + 1):
        if not line.strip():
            continue
        try:
            person = person_of(line, row.columns)
        except LineRefused as refusal:
            left_out.append(_line(row, number, line, Verdict.REFUSED, str(refusal)))
            continue
        if (key := key_of(person.address)) in people:
            why = f"The same address as line {people[key][0]:,}."
            left_out.append(_line(row, number, line, Verdict.KNOWN, why))
            continue
        people[key] = (number, person, line)
    row.lines += len(lines)
    reasons = _reasons(row, list(people))
    for key, (verdict, why) in reasons.items():
        number, _, line = people.pop(key)
        left_out.append(_line(row, number, line, verdict, why))
    _put_on(row, {key: person for key, (_, person, _) in people.items()}, at=at)
    row.taken += len(people)
    for one in left_out:
        _count(row, one.verdict)
    models.ImportLine.objects.bulk_create(left_out, batch_size=MANY)


def _count(row: models.ListImport, verdict: str) -> None:
    setattr(row, verdict, getattr(row, verdict) + 1)


def _reasons(row: models.ListImport, keys: list[str]) -> dict[str, tuple[Verdict, str]]:
    """Why some of these addresses do not come onto the list."""
    found: dict[str, tuple[Verdict, str]] = {}
    for some in _portions(keys):
        known = models.Subscription.objects.filter(
            newsletter_id=row.newsletter_id, subscriber__key__in=some
        ).exclude(standing=Standing.ASKED.value)
        for key, standing, ended_at in known.values_list("subscriber__key", "standing", "ended_at"):
            if standing == Standing.CONFIRMED:
                found[key] = (Verdict.KNOWN, "On the list already.")
            else:
                found[key] = (Verdict.WITHHELD, f"Left the list on {ended_at:%Y-%m-%d}.")
        for key in withheld_among(some, scope_of(row.newsletter_id)):
            found.setdefault(key, (Verdict.WITHHELD, "No mail may be sent to this address."))
    return found


def _put_on(row: models.ListImport, people: dict[str, Person], *, at: datetime) -> None:
    keys, newsletter = list(people), row.newsletter
    models.Subscriber.objects.bulk_create(
        [
            models.Subscriber(
                key=key, address=one.address, name=one.name, created_at=at,
                language=known_language(one.language) or newsletter.language,
                time_zone=one.time_zone or newsletter.time_zone,
            )
            for key, one in people.items()
        ],
        batch_size=MANY, ignore_conflicts=True,
    )  # fmt: skip
    rows: dict[str, int] = {}
    for some in _portions(keys):
        found = models.Subscriber.objects.filter(key__in=some)
        rows |= dict(found.values_list("key", "pk"))
    moments = {"confirmed_at": at, "standing": Standing.CONFIRMED.value}
    models.Subscription.objects.bulk_create(
        [
            models.Subscription(newsletter=newsletter, subscriber_id=rows[key], **moments)
            for key in keys
        ],
        batch_size=MANY, ignore_conflicts=True,
    )  # fmt: skip
    asked = models.Subscription.objects.filter(newsletter=newsletter, standing=Standing.ASKED.value)
    for some in _portions(keys):  # never one that left this very moment
        asked.filter(subscriber_id__in=[rows[key] for key in some]).update(**moments)
    models.Consent.objects.bulk_create(
        [_proof(row, key, people[key], at=at) for key in keys], batch_size=MANY
    )


def _proof(row: models.ListImport, key: str, one: Person, *, at: datetime) -> models.Consent:
    return models.Consent(
        act=Act.IMPORTED.value, key=key, list_slug=row.newsletter.slug, shown=row.stated,
        where=one.consented_where or f"file: {row.name}", by=str(row.by_id or ""), at=at,
        proof={
            "import": row.pk,
            "consented_at": (one.consented_at or row.consented_at).isoformat(),
        },
    )  # fmt: skip


def _line(
    row: models.ListImport, number: int, line: bytes, verdict: Verdict, why: str
) -> models.ImportLine:
    text = line[:SHOWN_OF_A_LINE].decode(errors="replace").strip("\r\n").replace("\0", "\ufffd")
    return models.ImportLine(
        file=row, number=number, verdict=verdict.value, why=why[:400], text=text[:SHOWN_OF_A_LINE]
    )


def _portions(keys: list[str]) -> list[list[str]]:
    return [keys[start : start + MANY] for start in range(0, len(keys), MANY)]
