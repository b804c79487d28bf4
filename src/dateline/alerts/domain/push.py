"""One push as services and browsers want it: RFC 8030's headers, a declarative payload."""

import json
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from dateline.alerts.domain.kinds import LIVES, AlertClass, Change

DECLARATIVE = 8030  # what makes Safari show it without waking the worker
MOST_BYTES = 3_800  # of a payload: with its header and tag a record of 4,096 (RFC 8291, 4)
URGENCY = {AlertClass.BREAKING: "high", AlertClass.TOPIC: "normal", AlertClass.STORY: "normal"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What a follower is shown. `url` is where a click leads."""

    title: str
    text: str
    url: str
    language: str
    masthead_id: int
    story_id: int
    alert_class: AlertClass
    change: Change = Change.NONE
    icon: str = ""

    @property
    def topic(self) -> str:
        """The Topic of RFC 8030 (5.4): what is not yet delivered under it is replaced."""
        return f"m{self.masthead_id}-s{self.story_id}"

    @property
    def ttl_s(self) -> int:
        """Seconds for which a push service keeps it (RFC 8030, 5.2).

        What takes an alert's place is kept as long as anybody may still be shown that alert.
        """
        lives = max(LIVES.values()) if self.change else LIVES[self.alert_class]
        return int(lives / timedelta(seconds=1))

    @property
    def urgency(self) -> str:
        """The Urgency of RFC 8030 (5.3); a correction is as urgent as what it corrects can be."""
        return "high" if self.change else URGENCY[self.alert_class]

    def headers(self) -> dict[str, str]:
        """The three fields of RFC 8030 that a push is sent with."""
        return {"TTL": str(self.ttl_s), "Urgency": self.urgency, "Topic": self.topic}

    def payload(self) -> bytes:
        """The JSON that browsers read: Declarative Web Push, and the same for our worker.

        A notice that takes another's place makes no sound: it wakes nobody.

        Raises:
            ValueError: it is longer than a push service need take.

        """
        shown: dict[str, Any] = {
            "title": self.title,
            "body": self.text,
            "navigate": self.url,
            "lang": self.language,
            "dir": "auto",
            "tag": self.topic,
            "silent": bool(self.change),
        }
        if self.icon:
            shown["icon"] = self.icon
        said = {"web_push": DECLARATIVE, "notification": shown}
        body = json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()
        if len(body) > MOST_BYTES:
            raise ValueError(f"The notice has {len(body):,} bytes; a push holds {MOST_BYTES:,}.")
        return body
