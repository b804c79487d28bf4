"""Ask an operator's own service about a comment: signed, once, within a time limit."""

import http.client
import json
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime
from typing import Any
from urllib.parse import SplitResult, urlsplit

from dateline.discussion.domain.outside import OutsideSilent, Said, Service, read, signature
from dateline.fetch import NotFound, NotPublic, Pinned, connection_to, target_of

LARGEST = 64 * 1024  # bytes of an answer
AT_ONCE = 16


def ask(service: Service, questions: list[dict[str, Any]], *, at: datetime) -> list[Said | str]:
    """What the service says to each question; where it says nothing that counts, why not.

    At most AT_ONCE are asked together, and all of it takes about `service.limit_s` seconds, however
    slowly names are found or answers drip. No redirect is followed, no proxy asked. `at` is aware
    UTC and is signed with each body.
    """
    pool = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="outside")
    asked = [pool.submit(_ask, service, question, at) for question in questions]
    found = [_answer(one, service.limit_s) for one in asked]
    pool.shutdown(wait=False, cancel_futures=True)
    return found


def _answer(asked: "Future[Said]", limit_s: float) -> Said | str:
    try:
        return asked.result(limit_s)
    except TimeoutError:
        return f"nothing came within {limit_s:g} seconds"
    except OutsideSilent as error:
        return str(error)


def _ask(service: Service, question: dict[str, Any], at: datetime) -> Said:
    parts = urlsplit(service.url)
    body = json.dumps(question).encode()
    stamp = str(int(at.timestamp()))
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "Dateline",
        "X-Dateline-Timestamp": stamp,
        "X-Dateline-Signature": signature(service.secret, stamp, body),
    }
    connection = _connection_to(parts, service)
    try:
        connection.request("POST", target_of(parts), body, headers)
        with connection.getresponse() as response:
            status, text = response.status, response.read(LARGEST + 1)
    except (OSError, http.client.HTTPException) as error:
        raise OutsideSilent(f"{type(error).__name__}, {error}") from error
    finally:
        connection.close()
    if status != http.client.OK:
        raise OutsideSilent(f"it answered with status {status}")
    return _read(text)


def _connection_to(parts: SplitResult, service: Service) -> Pinned:
    """To the one address that was looked up, so that no second look says otherwise."""
    allowed = service.private_allowed
    try:
        return connection_to(parts, limit_s=service.limit_s, private_allowed=allowed)
    except NotFound as error:
        raise OutsideSilent(f"the address of {parts.hostname} cannot be found") from error
    except NotPublic as error:
        raise OutsideSilent(
            f"{parts.hostname} is no public address, and DATELINE_COMMENT_HOOK_PRIVATE is off"
        ) from error


def _read(text: bytes) -> Said:
    if len(text) > LARGEST:
        raise OutsideSilent(f"it answered with more than {LARGEST} bytes")
    try:
        return read(json.loads(text))
    except (ValueError, RecursionError) as error:
        raise OutsideSilent("its answer is not JSON") from error
