"""Whose time a page tells, in each language a masthead may have."""

CITIES = {"Asia/Tokyo": "東京"}  # other cities are called as the zone is
ENGLISH = {
    "times_of": "Times on this site are those of {}.",
    "times_mine": "Times where I am",
    "times_here": "Times in {}",
}
JAPANESE = {
    "times_of": "時刻は{}のものです。",
    "times_mine": "現地の時刻で表示",
    "times_here": "{}の時刻で表示",
}


def time_words_for(language: str, zone: str) -> dict[str, str]:
    """The words in a masthead's language (a BCP 47 tag) for its zone, an IANA name.

    `times_here` keeps its `{}`: a browser names the zone as its reader knows it.
    """
    words = JAPANESE if language.startswith("ja") else ENGLISH
    city = zone.rpartition("/")[2].replace("_", " ")
    named = CITIES.get(zone, city) if words is JAPANESE else city
    return {**words, "times_of": words["times_of"].format(named)}
