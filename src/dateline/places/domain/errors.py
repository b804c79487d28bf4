"""What the room for places refuses."""


class PlaceRefused(ValueError):
    """A place that cannot be shown; `problems` are sentences by field."""

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__(" ".join(problems.values()))
        self.problems = problems
