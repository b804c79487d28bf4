"""Identifiers that readers see: slugs and the id at the end of a story's address."""

import re
import unicodedata

SLUG_LIMIT = 80  # characters; long enough to read, short enough to paste
_STORY_PATH_END = re.compile(r"(?:(?P<slug>[^/]*)-)?(?P<id>[1-9][0-9]{0,17})\Z")


def slug_of(text: str, *, fallback: str) -> str:
    """Turn a headline into lower-case ASCII words joined by hyphens, at most 80 characters.

    Apostrophes vanish ("Kim's" is `kims`), accents are dropped, whole words are kept. Where nothing
    is left, as with a headline in Japanese, `fallback` is the answer: guessed romanisation is worse
    than none.
    """
    plain = unicodedata.normalize("NFKD", re.sub(r"['\u2018\u2019\u02bc]", "", text))
    words = re.findall(r"[a-z0-9]+", plain.encode("ascii", "ignore").decode().lower())
    slug = ""
    for word in words:
        longer = f"{slug}-{word}" if slug else word[:SLUG_LIMIT]
        if len(longer) > SLUG_LIMIT:
            break
        slug = longer
    return slug or fallback


def story_path_id(last_part: str) -> tuple[str, int] | None:
    """Split the last part of a story's path, `<slug>-<id>`, or None if it has no id.

    The id decides which story it is; the slug is only for people, so a wrong one is redirected.
    """
    found = _STORY_PATH_END.fullmatch(last_part)
    return (found["slug"] or "", int(found["id"])) if found else None
