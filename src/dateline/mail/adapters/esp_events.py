"""Events as ESPs post them: checked and read by django-anymail's own views, without its signals."""

import hashlib
import json
import warnings
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from anymail.exceptions import (
    AnymailError,
    AnymailInsecureWebhookWarning,
    AnymailWebhookValidationFailure,
)
from anymail.webhooks import mailgun, postmark, resend
from django.http import HttpRequest

from dateline.mail.adapters.esp import METADATA
from dateline.mail.domain.addresses import AddressRefused, normalised
from dateline.mail.domain.esps import EspRoute, is_signing
from dateline.mail.domain.message_ids import whose
from dateline.mail.domain.svix import Unsigned, check
from dateline.mail.domain.told import Kind, Told

SIGNED_LATELY = timedelta(days=2)  # Mailgun signs a time and not the body, and tries for 8 hours
LONGEST_SAID = 250
BROKEN = (
    ValueError, KeyError, TypeError, AttributeError, IndexError, OverflowError, OSError,
    RecursionError, AnymailError,
)  # fmt: skip
# anymail's words for events and for why a mail was rejected; `failed` is its own trouble.
KINDS = {kind.value: kind for kind in Kind} | {"failed": Kind.REJECTED}
OF_NOBODY = {"bounced", "invalid"}
SOFT = {"SoftBounce", "Transient", "Undetermined", "temporary"}


class NotProved(Exception):
    """It does not show that it comes from the ESP; the text says what is wrong."""


class Unreadable(Exception):
    """It comes from the ESP, and makes no sense; the text says why."""


def read(route: EspRoute, request: HttpRequest, *, at: datetime) -> list[Told]:
    """Return the events of a request, each with its time (or `at`, aware UTC, where it has none).

    What is none of our concern, such as an opening, is there as `other`; fields that nobody knows
    count for nothing.

    Raises:
        NotProved: its password or signature is wrong, old or missing.
        Unreadable: it is no JSON, or not as this ESP writes it.

    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", AnymailInsecureWebhookWarning)
        view = _VIEWS[route.name](route)
    try:
        if is_signing(route.esp, route.secret):
            check(route.secret, request.headers, request.body, at=at)
        else:
            view.run_validators(request)
        if route.name == "mailgun":
            _check_age(json.loads(request.body), at)
    except (AnymailWebhookValidationFailure, Unsigned) as error:
        raise NotProved(str(error)) from error
    except BROKEN as error:
        raise NotProved(f"It is not as {route.esp.title} signs: {error!r}") from error
    try:
        events = view.parse_events(request)
        return [_told(event, at) for event in events]
    except BROKEN as error:
        raise Unreadable(f"It is not as {route.esp.title} writes: {error!r}") from error


def _check_age(read: Any, at: datetime) -> None:
    signed = datetime.fromtimestamp(float(read["signature"]["timestamp"]), tz=UTC)
    if abs(at - signed) > SIGNED_LATELY:
        raise NotProved(f"It was signed at {signed:%Y-%m-%d %H:%M} UTC.")


def _told(event: Any, at: datetime) -> Told:
    kind = KINDS.get(event.event_type, Kind.OTHER)
    happened = event.timestamp or at
    happened = happened.replace(tzinfo=UTC) if happened.tzinfo is None else happened
    said = event.mta_response or event.description or event.reject_reason or ""
    is_soft = kind is Kind.DEFERRED or bool(SOFT & _types(event.esp_event))
    metadata = event.metadata if isinstance(event.metadata, dict) else {}
    return Told(
        key=_key(event),
        kind=kind,
        at=happened.astimezone(UTC),
        address=_address(event.recipient),
        message=whose(str(metadata.get(METADATA, ""))),
        is_of_nobody=not is_soft and event.reject_reason in OF_NOBODY,
        is_soft=is_soft,
        said=" ".join(str(said).replace("\0", " ").split())[:LONGEST_SAID],
    )


def _types(raw: Any) -> set[Any]:
    """How this ESP says how hard a bounce is: Postmark, Resend, Mailgun."""
    inner = raw.get("data") or {}
    bounce = (inner.get("bounce") or {}) if isinstance(inner, dict) else {}
    found = [raw.get("Type"), bounce.get("type"), (raw.get("event-data") or {}).get("severity")]
    return {one for one in found if isinstance(one, str)}


def _key(event: Any) -> str:
    """The ESP's own id where it gives one; else all that it said.

    With Mailgun that is what it signed, so that a signature serves once, whatever stands below it.
    """
    told = event.event_id or json.dumps(event.esp_event, sort_keys=True, default=str)
    return hashlib.sha256(str(told).encode("utf-8", "replace")).hexdigest()


def _address(recipient: Any) -> str:
    try:
        return normalised(str(recipient or ""))
    except AddressRefused:
        return ""


_VIEWS: dict[str, Callable[[EspRoute], Any]] = {
    "postmark": lambda to: postmark.PostmarkTrackingWebhookView(webhook_secret=to.secret),
    "mailgun": lambda to: mailgun.MailgunTrackingWebhookView(webhook_signing_key=to.secret),
    "resend": lambda to: resend.ResendTrackingWebhookView(webhook_secret=to.secret),
}
