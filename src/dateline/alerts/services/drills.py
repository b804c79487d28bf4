"""Push to ourselves every half hour, all the way: an alarm before an alert fails, not after."""

import json
import time
from datetime import datetime

import structlog
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey

from dateline import clock
from dateline.alerts import models
from dateline.alerts.adapters import sealing
from dateline.alerts.adapters.encryption import UnfitKey, decrypt, point_of
from dateline.alerts.adapters.pusher import Parcel, Pusher
from dateline.alerts.adapters.vapid import key_from
from dateline.alerts.domain.endpoints import endpoint_of
from dateline.alerts.services import keys
from dateline.mastheads import queries as mastheads
from dateline.sealing import Unreadable

PATH = "/alerts/drill"
HEADERS = {"TTL": "0", "Urgency": "high", "Topic": "drill"}
# The number of points of P-256 (SEC 2, 2.4.2): a private number lies below it.
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
CREATED = 201
TRIES, PAUSE_S = 3, 10.0
log = structlog.get_logger("dateline.alerts")


def run(*, at: datetime | None = None) -> bool:
    """Encrypt, sign and push to the first masthead's own address; say whether it came through.

    All that is on the way of an alert is on its way too: the key, the worker, the client, names,
    TLS, the front, a render process. What fails is logged as an error and stands on the desk until
    a drill comes through. Where there is no masthead there is nothing to try. `at` is aware UTC.
    """
    at = at or clock.now()
    sites = mastheads.all_mastheads()
    if not sites:
        return True
    row = models.Drill.objects.create(at=at)
    problem = _tried(row, sites[0].origin)
    if problem:
        log.error("alert_drill_failed", at=at.isoformat(), problem=problem)
        models.Drill.objects.filter(pk=row.pk).update(problem=problem[:300])
    models.Drill.objects.exclude(pk=row.pk).exclude(problem__gt="").delete()  # failures are kept
    return not problem


def _tried(row: models.Drill, origin: str) -> str:
    """Push until it arrives, three times at most: a server that just starts is no alarm."""
    problem = ""
    for tries_left in range(TRIES - 1, -1, -1):
        problem = _push(row, origin)
        row.refresh_from_db()
        if row.came_at is not None:
            return ""
        if tries_left:
            time.sleep(PAUSE_S)
    return problem or "It was taken, and did not arrive."


def arrived(body: bytes, *, at: datetime) -> bool:
    """Note that a drill came; say whether it was one of ours. `at` is aware UTC."""
    key, secret = _subscriber()
    try:
        said = json.loads(decrypt(body, own=key, secret=secret))
    except UnfitKey:
        return False
    rows = models.Drill.objects.filter(pk=said["drill"], came_at=None)
    return bool(rows.update(came_at=at))


def _push(row: models.Drill, origin: str) -> str:
    """Push one drill; return what went wrong, or nothing."""
    keys.ensure(at=row.at)
    key, secret = _subscriber()
    try:
        vapid = keys.signer()
    except Unreadable as error:
        return str(error)
    pusher = Pusher(lambda to: vapid.authorization(to, at=row.at), trusted={origin})
    try:
        endpoint = endpoint_of(f"{origin}{PATH}", trusted={origin})
        body = json.dumps({"drill": row.pk}).encode()
        (outcome,) = pusher.push([Parcel(row.pk, endpoint, point_of(key), secret)], body, HEADERS)
    finally:
        pusher.close()
    if outcome.status == CREATED:
        return ""
    return f"{endpoint.url} answered {outcome.status}." if outcome.status else "Nothing answered."


def _subscriber() -> tuple[EllipticCurvePrivateKey, bytes]:
    """The subscriber of our own: its private key and secret."""
    number = sealing.drill_number()
    private = int.from_bytes(number[:32], "big") % (ORDER - 1) + 1
    return key_from(private.to_bytes(32, "big")), number[32:]
