"""What can happen to a picture, as facts."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureImported:
    """A picture is in the library for the first time; a repeated import is no fact."""

    name: ClassVar[str] = "picture.imported"
    picture_id: int
    guid: str
    provider: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureKilled:
    """A picture must vanish from every story, list, mail, card and cache."""

    name: ClassVar[str] = "picture.killed"
    picture_id: int
    guid: str
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureReinstated:
    """A killed picture may be used again."""

    name: ClassVar[str] = "picture.reinstated"
    picture_id: int
    guid: str
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureRemoved:
    """A picture was deleted from the library, with its file and copies."""

    name: ClassVar[str] = "picture.removed"
    picture_id: int
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureChanged:
    """The words, the rights, the crop or the file of a picture changed in the desk."""

    name: ClassVar[str] = "picture.changed"
    picture_id: int
    by: str
    at: datetime
