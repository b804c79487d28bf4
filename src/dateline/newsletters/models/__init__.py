"""Every table of the room for newsletters."""

from dateline.newsletters.models.imports import ImportLine, ImportPiece, ListImport
from dateline.newsletters.models.lists import (
    AddressChange,
    Consent,
    ListEditor,
    Newsletter,
    Subscriber,
    Subscription,
)

__all__ = [
    "AddressChange",
    "Consent",
    "ImportLine",
    "ImportPiece",
    "ListEditor",
    "ListImport",
    "Newsletter",
    "Subscriber",
    "Subscription",
]
