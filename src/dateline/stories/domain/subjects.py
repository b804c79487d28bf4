"""What a story may be listed under, as one word: topic:12, person:3, agency:4, corrected."""

CORRECTED = "corrected"


def topic(topic_id: int | str) -> str:
    """Stories about one topic."""
    return f"topic:{topic_id}"


def person(person_id: int) -> str:
    """Stories of one person."""
    return f"person:{person_id}"


def agency(provider_id: int) -> str:
    """Stories that one agency sent."""
    return f"agency:{provider_id}"
