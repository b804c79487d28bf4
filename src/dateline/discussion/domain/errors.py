"""Why a verb of the discussion was refused. Each message is a sentence for whoever asked."""


class DiscussionRefused(ValueError):
    """Somebody asked for something that may not be done now."""


class CommentRefused(DiscussionRefused):
    """A text that may not be stored. `phase` is the rule that said no; the text is not lost."""

    def __init__(self, message: str, *, phase: str) -> None:
        super().__init__(message)
        self.phase = phase


class ThreadUnavailable(DiscussionRefused):
    """Readers cannot see this story here, so nobody can talk below it."""


class NotYours(DiscussionRefused):
    """The comment, or the masthead, is somebody else's."""


class Clash(DiscussionRefused):
    """Somebody else decided between the look and the decision."""


class VoteRefused(DiscussionRefused):
    """A vote that may not be cast."""


class NothingToDecide(DiscussionRefused):
    """The comment, decision or reader is not in a state that this verb can change."""


class CursorRefused(ValueError):
    """A cursor that we did not make, or that belongs to another thread."""
