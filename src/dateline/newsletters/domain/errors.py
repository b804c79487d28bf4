"""What the room refuses to do; the message says why, in words for whoever asked."""


class ListsRefused(Exception):
    """Base of all refusals of the room."""


class NotYours(ListsRefused):
    """Somebody else looks after it."""


class LinkVoid(ListsRefused):
    """The link is not one of ours, is over, or belongs to an earlier address."""


class NoSuchList(ListsRefused):
    """There is no such list, or nobody can sign up for it now."""


class Unfit(ListsRefused):
    """What was typed for a field cannot be kept; `field` names it."""

    def __init__(self, field: str, problem: str) -> None:
        super().__init__(problem)
        self.field = field
