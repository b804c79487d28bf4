"""Why a masthead could not be stored."""

from collections.abc import Mapping


class MastheadRefused(ValueError):
    """Some fields cannot be as given. `problems` maps each field's name to a sentence."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        self.problems = dict(problems)
        super().__init__(" ".join(self.problems.values()))
