"""Every table of the room for newsletters."""

from dateline.newsletters.models.clicks import EditionLink, LinkClick, LinkCount
from dateline.newsletters.models.editions import (
    Carried,
    Edition,
    EditionNote,
    Recipe,
    RecipeBlock,
)
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
    "Carried",
    "Consent",
    "Edition",
    "EditionLink",
    "EditionNote",
    "ImportLine",
    "ImportPiece",
    "LinkClick",
    "LinkCount",
    "ListEditor",
    "ListImport",
    "Newsletter",
    "Recipe",
    "RecipeBlock",
    "Subscriber",
    "Subscription",
]
