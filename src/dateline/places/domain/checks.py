"""Whether a place can be shown; each problem is a sentence at its field."""

from decimal import Decimal


def problems_of_position(latitude: Decimal | None, longitude: Decimal | None) -> dict[str, str]:
    """What is wrong with a position in degrees: half of one, or one that is not on the globe."""
    if (latitude is None) != (longitude is None):
        empty = "latitude" if latitude is None else "longitude"
        return {empty: "A position needs both numbers. Give the other one too."}
    found = {}
    for name, value, most in (("latitude", latitude, 90), ("longitude", longitude, 180)):
        if value is not None and abs(value) > most:
            found[name] = f"{value} is outside -{most} to {most}. Are the two changed round?"
    return found
