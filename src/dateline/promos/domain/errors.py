"""What the room for offers refuses, each with sentences for the person who asked."""


class PromoRefused(ValueError):
    """Something may not be done with a campaign; the message says what and why."""


class Unfit(PromoRefused):
    """A campaign or creative breaks rules; `problems` are sentences, one for each."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__(" ".join(problems))
        self.problems = problems


class NotYours(PromoRefused):
    """The masthead's offers are somebody else's."""
