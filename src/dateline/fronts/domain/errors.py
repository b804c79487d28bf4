"""Why the alarm was left as it is."""

from collections.abc import Mapping


class NotYours(PermissionError):
    """Somebody else raises and ends alarms."""


class AlarmRefused(ValueError):
    """The notice cannot be shown. `problems` are keys of the words by field."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        self.problems = dict(problems)
        super().__init__(", ".join(f"{name}: {key}" for name, key in self.problems.items()))
