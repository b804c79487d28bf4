"""Why a standing page, or what belongs to it, was left as it is."""


class NotYours(PermissionError):
    """Somebody else writes the pages of this masthead."""


class PageRefused(ValueError):
    """A page cannot be stored. `key` names the sentence in the words, which `told` fills."""

    def __init__(self, key: str, **told: object) -> None:
        self.key, self.told = key, told
        super().__init__(key)


class MessageRefused(ValueError):
    """A message cannot be taken. `field` is what lacks something, `reason` a key of the words."""

    def __init__(self, field: str, reason: str) -> None:
        self.field, self.reason = field, reason
        super().__init__(f"{field}: {reason}")
