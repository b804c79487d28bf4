"""Count what an nginx before the front has logged, as if each beacon had come to the front."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from dateline.trending.adapters.nginx_log import Logged, NginxLog
from dateline.trending.services.collector import (
    FUTURE,
    MALFORMED,
    OVERSIZED,
    Collector,
    open_collector,
)

NO_BODY = b"0"
# Clocks of two machines may differ by so much; a line from further ahead is not believed.
AHEAD_S = 5.0


@dataclass(slots=True)
class Following:
    """Hands new lines of `log` to `collector`. `group` says what an address shares a rate with."""

    log: NginxLog
    collector: Collector
    group: Callable[[str], str]

    def step(self) -> int:
        """Count what was logged since the last time, write the journal; return how many lines.

        Call it again at once while it finds any.

        Raises:
            OSError: the log or the note of what was read cannot be used.

        """
        lines = self.log.read()
        now = self.collector.clock()
        for line in lines:
            reason = self._unusable(line, now)
            if reason:
                self.collector.drop(reason)
            else:
                group = self.group(line.address)
                self.collector.take(line.text, line.fields, line.address, group, line.at)
        self.collector.tick()
        return len(lines)

    def _unusable(self, line: Logged, now: float) -> str:
        if line.at > now + AHEAD_S:
            return FUTURE
        if line.fields.get(b"content-length", NO_BODY) != NO_BODY:
            return OVERSIZED
        return "" if line.method == b"POST" else MALFORMED


def follow(path: Path, data_dir: Path, *, rate: int, group: Callable[[str], str]) -> Following:
    """Follow the log at `path` into the journal of the data folder, from where somebody ended.

    `rate` is beacons a minute of one `group`.
    """
    collector = open_collector(data_dir, rate=rate)
    return Following(NginxLog(path, collector.directory), collector, group)
