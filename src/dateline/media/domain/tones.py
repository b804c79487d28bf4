"""Two colours that stand for a picture until it has come: of its upper and of its lower half."""

from collections.abc import Sequence


def told(above: Sequence[int], below: Sequence[int]) -> str:
    """Write two colours, each red, green and blue of 0 to 255, as they are stored."""
    return f"#{bytes(above).hex()} #{bytes(below).hex()}"


def read(tones: str) -> tuple[str, str] | None:
    """Return the stored colours as CSS names them; None where a picture has none."""
    above, _, below = tones.partition(" ")
    return (above, below) if below else None
