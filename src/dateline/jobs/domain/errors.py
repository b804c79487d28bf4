"""What the room for jobs refuses, each with sentences for the person who asked."""

from collections.abc import Sequence

from dateline.jobs.domain.terms import Problem


class JobsRefused(ValueError):
    """Something may not be done; the message says what and why."""


class Unfit(JobsRefused):
    """A listing or series breaks rules; `problems` name the field and say what was found."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(" ".join(str(problem) for problem in problems))
        self.problems = tuple(problems)


class NotYours(JobsRefused):
    """The masthead's job board is somebody else's."""


class FeedRefused(JobsRefused):
    """A whole file cannot be read. `source` is its name."""

    def __init__(self, source: str, problem: str) -> None:
        super().__init__(f"{source}: {problem}")
