"""What the room for polls refuses."""


class PollRefused(ValueError):
    """A poll that cannot be asked; `problems` are sentences by field, "" for the whole."""

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__(" ".join(problems.values()))
        self.problems = problems


class VoteRefused(ValueError):
    """A vote that does not count; `why` is a key of the words around polls."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why
