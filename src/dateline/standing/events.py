"""What happened to standing pages. Ids and moments only: whoever hears it reads the rest."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar


@dataclass(frozen=True, slots=True, kw_only=True)
class PageWritten:
    """A standing page has another text. `at` is aware UTC, `by` a user's id."""

    name: ClassVar[str] = "page.written"
    masthead_id: int
    kind: str
    number: int
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactChanged:
    """Messages to a masthead go to another address, or are taken in another way."""

    name: ClassVar[str] = "contact.changed"
    masthead_id: int
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageGiven:
    """Somebody wrote to a masthead; the message is stored and not yet sent on."""

    name: ClassVar[str] = "message.given"
    message_id: int
    masthead_id: int
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PageEditorsChanged:
    """Somebody writes a masthead's pages from now on, or, with `on` false, no longer."""

    name: ClassVar[str] = "page_editors.changed"
    user_id: str
    masthead_id: int | None
    on: bool
    by: str
    at: datetime
