"""One request to an ESP: mails built by django-anymail, and what the ESP made of each of them."""

import json
import re
import threading
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any
from urllib.parse import urljoin

import requests
from anymail.backends import mailgun, postmark, resend
from anymail.exceptions import AnymailError
from anymail.message import AnymailMessage
from urllib3.exceptions import HTTPError, NameResolutionError, NewConnectionError

from dateline.mail.domain.esps import EspRoute
from dateline.mail.domain.patterns import Parcel, Parts
from dateline.mail.domain.replies import Reply

METADATA = "dateline"  # under this name an event tells our Message-ID again
OK, BAD_REQUEST, CONFLICT, TOO_LARGE, NOT_THIS_WAY, TOO_MANY = 200, 400, 409, 413, 422, 429
ELSEWHERE, SERVER_TROUBLE = 300, 500
AGAIN_AFTER_S = (0.3, 1.0)  # the same request again, where an idempotency key makes that safe
LONGEST_TOLD = 200
LONGEST_ANSWER = 4 * 1024 * 1024
# About one reader's address; "not allowed to send to unauthorized recipients" is about the route.
ONE_READER = re.compile(
    r"inactive|[`'\"]to[`'\"]|\bto (?:field|parameter|address)|invalid recipient"
    r"|recipient(?: address)? is (?:invalid|not)", re.IGNORECASE
)  # fmt: skip
INACTIVE = re.compile(r"inactive", re.IGNORECASE)
NO_API = "Mailgun Magnificent API"  # what it answers with 200 to a wrong address
OF_ONE_MAIL = {300, 402, 403, 406}  # Postmark's: invalid, not JSON twice, inactive
MARK = re.compile(r"%(?=recipient)")


class Left(Enum):
    """What is known of a mail that the ESP said nothing about."""

    DOUBT = "in doubt"
    NOT = "not taken"


@dataclass(slots=True)
class Answer:
    """What became of each mail of a batch; and why none is taken now, if so."""

    fates: list[Reply | Left]
    trouble: str = ""
    wait_s: float = 0.0


@dataclass(slots=True)
class _Said:
    """The raw answer to one request, or why there is none."""

    status: int = 0
    body: str = ""
    wait_s: float = 0.0
    has_left: bool = True


@dataclass
class Requests:
    """Makes requests to one ESP. `patience_s` is how long it may take to answer."""

    route: EspRoute
    patience_s: float
    stop: threading.Event = field(default_factory=threading.Event)

    def send(self, parcels: Sequence[Parcel], is_wanted: Callable[[], bool]) -> Answer:
        """Hand a batch over; blocks. `is_wanted` says whether all of it may still be sent again.

        A batch that is refused as a whole, for one mail's sake, is halved until that is found.
        Where all are refused it is not theirs but the route's trouble, and none is given up.
        """
        answer = self._sent(parcels, is_wanted)
        refused = [one for one in answer.fates if isinstance(one, Reply) and not one.is_yes]
        if len(refused) == len(parcels) and not any(_is_of_reader(one) for one in refused):
            return Answer([Left.NOT] * len(parcels), refused[0].text)
        return answer

    def _sent(self, parcels: Sequence[Parcel], is_wanted: Callable[[], bool]) -> Answer:
        said, answer = self._asked(parcels, is_wanted)
        if said.status not in {BAD_REQUEST, TOO_LARGE, NOT_THIS_WAY}:
            return answer
        if len(parcels) > 1:
            return self._halved(parcels, is_wanted)
        return Answer([_refusal(_told(said.body))])

    def _halved(self, parcels: Sequence[Parcel], is_wanted: Callable[[], bool]) -> Answer:
        middle = len(parcels) // 2
        first = self._sent(parcels[:middle], is_wanted)
        rest = parcels[middle:]
        if first.trouble or not is_wanted():
            first.fates += [Left.NOT] * len(rest)
            return first
        second = self._sent(rest, is_wanted)
        return Answer(first.fates + second.fates, second.trouble, second.wait_s)

    def _read(self, said: _Said, parcels: Sequence[Parcel]) -> Answer:
        count = len(parcels)
        if not said.has_left:
            return Answer([Left.NOT] * count, said.body, said.wait_s)
        if NO_API in said.body:
            return Answer([Left.NOT] * count, "The ESP has no API at this address.")
        if said.status == OK:
            try:
                fates = _READERS[self.route.name](json.loads(said.body), count)
            except (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError):
                fates = []
            if len(fates) == count:
                later = Left.NOT in fates
                return Answer(fates, "The ESP put some off." if later else "")
        elif ELSEWHERE <= said.status < SERVER_TROUBLE and said.status != CONFLICT:
            told = f"{said.status} {_told(said.body)}"
            return Answer([Left.NOT] * count, told, said.wait_s)
        return Answer([Left.DOUBT] * count, f"{said.status or 'no answer'}: {_told(said.body)}")

    def _asked(
        self, parcels: Sequence[Parcel], is_wanted: Callable[[], bool]
    ) -> tuple[_Said, Answer]:
        try:
            wanted = self._request(parcels)
        except (AnymailError, ValueError) as error:  # anymail cannot say this to this ESP
            said = _Said(NOT_THIS_WAY, str(error))
            return said, self._read(said, parcels)
        said = _posted(wanted, self.patience_s)
        answer = self._read(said, parcels)
        for wait_s in AGAIN_AFTER_S if self.route.esp.idempotency else ():
            if Left.DOUBT not in answer.fates:
                break
            self.stop.wait(wait_s)
            if not is_wanted():  # somebody left, or it was stopped: a second try could reach them
                break
            said = _posted(wanted, self.patience_s)
            answer = self._read(said, parcels)
        return said, answer

    def _request(self, parcels: Sequence[Parcel]) -> dict[str, Any]:
        if self.route.esp.is_merging:
            return self._merged(parcels)
        made = [self._payload(_message(parcel)) for parcel in parcels]
        wanted = made[0].get_request_params(self.route.api)
        wanted["url"] = urljoin(self.route.api, _BATCHES[self.route.name])
        wanted["data"] = json.dumps([payload.data for payload in made])
        if name := self.route.esp.idempotency:
            # Of this request and its repeats alone: what was refused may be tried anew later.
            wanted["headers"][name] = str(uuid.uuid4())
            wanted["headers"]["x-batch-validation"] = "permissive"
        return dict(wanted)

    def _merged(self, parcels: Sequence[Parcel]) -> dict[str, Any]:
        pattern = parcels[0].pattern
        message = _of_parts(pattern.marked("\0{}\0"), [parcel.address for parcel in parcels])
        for name in ("subject", "body", "from_email"):
            setattr(message, name, _for_mailgun(getattr(message, name)))
        message.alternatives = [(_for_mailgun(str(text)), kind) for text, kind in
                                message.alternatives]  # fmt: skip
        message.extra_headers = {
            name: _for_mailgun(value) for name, value in message.extra_headers.items()
        }
        message.merge_data = {one.address: pattern.fillings(one.values) for one in parcels}
        message.merge_metadata = {one.address: {METADATA: one.message_id} for one in parcels}
        return dict(self._payload(message).get_request_params(self.route.api))

    def _payload(self, message: AnymailMessage) -> Any:
        backend = _BACKENDS[self.route.name](self.route)
        return backend.build_message_payload(message, backend.send_defaults)


def _message(parcel: Parcel) -> AnymailMessage:
    message = _of_parts(parcel.pattern.filled(parcel.values), [parcel.address])
    message.metadata = {METADATA: parcel.message_id}
    return message


def _of_parts(parts: Parts, to: list[str]) -> AnymailMessage:
    message = AnymailMessage(
        parts.subject, parts.text, parts.sender, to, headers=parts.headers,
        reply_to=[parts.reply_to] if parts.reply_to else None,
    )  # fmt: skip
    if parts.html:
        message.attach_alternative(parts.html, "text/html")
    return message


def _for_mailgun(text: str) -> str:
    """Our marks as Mailgun's; what looks like one of its own in the text is none any more."""
    return re.sub("\0([a-z0-9]+)\0", r"%recipient.\1%", MARK.sub("% ", text))


def _posted(wanted: dict[str, Any], patience_s: float) -> _Said:
    """One request on a connection of its own: on a kept one a lost answer cannot be told."""
    try:
        with requests.Session() as session:
            session.trust_env = False
            answer = session.request(
                **wanted, timeout=patience_s, allow_redirects=False, stream=True
            )
            body = answer.raw.read(LONGEST_ANSWER, decode_content=True)
    except requests.RequestException as error:
        return _Said(body=str(error)[:LONGEST_TOLD], has_left=not _never_left(error))
    except (HTTPError, OSError) as error:  # while the answer is read
        return _Said(body=str(error)[:LONGEST_TOLD])
    text = body.decode("utf-8", "replace")
    return _Said(answer.status_code, text, _seconds(answer.headers.get("Retry-After", "")))


def _never_left(error: requests.RequestException) -> bool:
    if isinstance(error, requests.ConnectTimeout):
        return True
    reason = getattr(error.args[0] if error.args else None, "reason", None)
    return isinstance(reason, NewConnectionError | NameResolutionError) or (
        "CERTIFICATE_VERIFY_FAILED" in str(reason)
    )


def _seconds(text: str) -> float:
    return float(text) if re.fullmatch(r"[0-9]{1,6}", text) else 0.0


def _told(body: str) -> str:
    try:
        read = json.loads(body)
        text = read.get("Message") or read.get("message") or body
    except (ValueError, AttributeError, RecursionError):
        text = body
    return " ".join(str(text).split())[:LONGEST_TOLD]


def _refusal(told: str) -> Reply:
    return Reply(550, f"5.2.1 {told}" if INACTIVE.search(told) else f"5.7.0 {told}")


def _is_of_reader(reply: Reply) -> bool:
    return bool(ONE_READER.search(reply.text))


def _of_postmark(read: Any, count: int) -> list[Reply | Left]:
    del count
    return [_postmark_fate(one["ErrorCode"], one) for one in read]


def _postmark_fate(code: int, one: dict[str, Any]) -> Reply | Left:
    told = str(one.get("Message", ""))[:LONGEST_TOLD]
    if code == 0:
        return Reply(250, f"Taken as {one['MessageID']}"[:LONGEST_TOLD])
    return _refusal(told) if code in OF_ONE_MAIL else Left.NOT


def _of_resend(read: Any, count: int) -> list[Reply | Left]:
    refused = {one["index"]: str(one["message"]) for one in read.get("errors") or ()}
    taken = iter([str(one["id"]) for one in read["data"]])
    fates: list[Reply | Left] = [
        _refusal(refused[at][:LONGEST_TOLD])
        if at in refused
        else Reply(250, f"Taken as {next(taken)}"[:LONGEST_TOLD])
        for at in range(count)
    ]
    return [] if next(taken, None) else fates


def _of_mailgun(read: Any, count: int) -> list[Reply | Left]:
    if not str(read["message"]).startswith("Queued"):
        return []
    return [Reply(250, f"Taken as {read['id']}"[:LONGEST_TOLD])] * count


_READERS: dict[str, Callable[[Any, int], list[Reply | Left]]] = {
    "postmark": _of_postmark,
    "resend": _of_resend,
    "mailgun": _of_mailgun,
}
_BATCHES = {"postmark": "email/batch", "resend": "emails/batch"}
_BACKENDS: dict[str, Callable[[EspRoute], Any]] = {
    "postmark": lambda to: postmark.EmailBackend(
        server_token=to.key, message_stream=to.stream or None, api_url=to.api
    ),
    "mailgun": lambda to: mailgun.EmailBackend(
        api_key=to.key, sender_domain=to.domain, api_url=to.api
    ),
    "resend": lambda to: resend.EmailBackend(api_key=to.key, api_url=to.api),
}
