"""What links of mails are for, how long each is good, and what stops mail of one list."""

from datetime import UTC, datetime, timedelta

CONFIRM, OUT, CHOOSE = "newsletters.confirm", "newsletters.out", "newsletters.choose"
UNDO, MOVE = "newsletters.undo", "newsletters.move"
CONFIRM_LIVES, UNDO_LIVES, MOVE_LIVES = timedelta(days=7), timedelta(days=1), timedelta(days=3)
# Programs that open every link of a mail do so as it arrives: that soon, one click is not enough.
TOO_SOON = timedelta(minutes=3)
AGAIN = timedelta(days=1)  # between two mails that say somebody is on a list already
MOST_LISTS = 12  # in one form, and so in one link
NEWSLETTER = "newsletter:"


def scope_of(newsletter_id: int) -> str:
    """By what `mail` knows the letters of one list."""
    return f"{NEWSLETTER}{newsletter_id}"


def list_of_scope(scope: str) -> int | None:
    """Which list a scope is of; None for one of another room."""
    number = scope.removeprefix(NEWSLETTER)
    return int(number) if scope.startswith(NEWSLETTER) and number.isdecimal() else None


def minute_of(at: datetime) -> int:
    """A moment (aware) as whole minutes since 1970, for a link."""
    return int(at.timestamp()) // 60


def is_over(minute: int, *, lives: timedelta, at: datetime) -> bool:
    """Whether a link that was made in `minute` is good no more at `at`."""
    try:
        made = datetime.fromtimestamp(minute * 60, UTC)
    except (OverflowError, ValueError, OSError):
        return True
    return at >= made + lives
