"""Programs that read pages and are no readers, by what they say of themselves."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

from ahocorasick_rs import AhoCorasick
from crawleruseragents import CRAWLER_USER_AGENTS_DATA

REMEMBER_AT_MOST = 8192
# Every browser since 1994 begins so, whoever made it.
BROWSER = b"Mozilla/"
LONGEST = 1024
QUOTED = re.compile(r"\\([^A-Za-z0-9])")
SPECIAL = re.compile(r"[\\.^$*+?{}\[\]|()]")


@dataclass(slots=True)
class Agents:
    """Knows bots by `patterns`, regular expressions; and whatever does not begin as browsers do.

    Nearly all patterns are plain words, which are looked for all at once. The verdicts on the last
    few thousand names are remembered.
    """

    patterns: Iterable[str]
    known: dict[bytes, bool] = field(default_factory=dict)
    _words: AhoCorasick = field(init=False)
    _others: "re.Pattern[str]" = field(init=False)

    def __post_init__(self) -> None:
        words: list[str] = []
        others: list[str] = []
        for pattern in self.patterns:
            special = SPECIAL.search(QUOTED.sub("", pattern))
            (others if special else words).append(pattern)
        self._words = AhoCorasick([QUOTED.sub(r"\1", word) for word in words])
        self._others = re.compile("|".join(f"(?:{one})" for one in others) or r"(?!)")

    def is_bot(self, agent: bytes) -> bool:
        """Whether `agent`, the field User-Agent as it came, is not a person's browser."""
        verdict = self.known.get(agent)
        if verdict is None:
            if len(self.known) >= REMEMBER_AT_MOST:
                self.known.clear()
            verdict = self.known[agent] = self._judge(agent)
        return verdict

    def _judge(self, agent: bytes) -> bool:
        if not agent.startswith(BROWSER) or len(agent) > LONGEST:
            return True
        text = agent.decode("latin-1")
        return bool(self._words.find_matches_as_indexes(text)) or bool(self._others.search(text))


@cache
def known_bots() -> Agents:
    """The bots of the public list that the package crawler-user-agents carries, once a process.

    Reading it takes a tenth of a second.
    """
    return Agents([str(one["pattern"]) for one in CRAWLER_USER_AGENTS_DATA])
