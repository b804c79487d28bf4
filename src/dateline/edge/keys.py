"""What a cached page is called, and the tags that say what it depends on. Plain Python, for all."""

import hashlib
from base64 import urlsafe_b64encode
from collections.abc import Collection, Iterable
from urllib.parse import quote_from_bytes, unquote_to_bytes

# The only names of a query that reach a shared page, and of these the ones its view is marked with.
ALLOWED_QUERY = frozenset({"before", "cursor", "page", "section", "since", "v"})

# Towards outer caches: 60 tags of 8 characters fit the smallest header limit there is (bunny.net,
# 1,024 bytes). See `wire_tags`.
MOST_WIRE_TAGS = 60
BUCKETS = 6  # of each of the 9 kinds: 54 names, so that a page with any tags at all fits
# The order in which tags stay exact when there are too many: what changes often comes first.
EXACT_FIRST = ("l", "s", "n", "t", "r", "sh", "p", "c")


def canonical_query(query: bytes, names: Collection[str] = ALLOWED_QUERY) -> bytes:
    """Return the one way to write what `query` asks of a shared page, without the `?`.

    Names outside `names` are dropped, the first value of a name wins, and names are sorted.
    Names are compared decoded, as a renderer would read them (`pa%67e` is `page`); values are
    decoded and written again with every byte but the unreserved ones of RFC 3986 (2.3) escaped.
    Only `&` parts fields, as in the WHATWG URL standard, so `page=1;v=2` is one value of `page`.
    """
    found: dict[str, bytes] = {}
    for field in query.split(b"&"):
        name, _, value = field.partition(b"=")
        known = unquote_to_bytes(name.replace(b"+", b" ")).decode("latin-1")
        if known in names and known not in found:
            found[known] = unquote_to_bytes(value.replace(b"+", b" "))
    return "&".join(
        f"{name}={quote_from_bytes(value, safe='')}" for name, value in sorted(found.items())
    ).encode()


def page_key(
    host: bytes, path: bytes, query: bytes, names: Collection[str] = ALLOWED_QUERY
) -> bytes:
    """Return the 32-byte name of one shared page: BLAKE2b of host, path and canonical query.

    `host` is the Host field (case is ignored, a port is part of it), `path` the raw path as the
    client wrote it, `query` the raw query without `?`, of which `names` count. Scheme and method
    are no part of it: a fill is always a GET in the network's own scheme. Each part is measured,
    so that no two addresses run together into one key.
    """
    digest = hashlib.blake2b(digest_size=32, person=b"dateline-page")
    for part in (host.lower(), path, canonical_query(query, names)):
        digest.update(len(part).to_bytes(4, "big"))
        digest.update(part)
    return digest.digest()


def story(story_id: int) -> str:
    """The body of one story: its page, its feed entry in full."""
    return f"s:{story_id}"


def card(story_id: int) -> str:
    """What lists show of a story: headline, kicker, standfirst, picture, time, address."""
    return f"sh:{story_id}"


def list_of(masthead_id: int, section_id: int | None = None) -> str:
    """Which stories one section of a masthead lists, and in which order; None is the front."""
    return f"l:{masthead_id}:{section_id or 0}"


def far(list_tag: str) -> str:
    """The pages of a list after its first: they move when anything before them comes or goes."""
    return f"{list_tag}:far"


def thread(story_id: int, masthead_id: int) -> str:
    """What is said below a story on one masthead, and how many comments there are."""
    return f"c:{story_id}:{masthead_id}"


def talked(masthead_id: int) -> str:
    """How many comments the stories of one masthead have, as its lists show it."""
    return f"c:{masthead_id}"


def trending(masthead_id: int) -> str:
    """Which stories of the sister sites stand below those of a masthead, and what it reads most."""
    return f"tr:{masthead_id}"


def chrome(masthead_id: int) -> str:
    """What stands around every page of one masthead: navigation, name, look."""
    return f"n:{masthead_id}"


def network() -> str:
    """The list of titles that every masthead's footer shows, and which hosts there are."""
    return "n:*"


def picture(picture_id: int) -> str:
    """One picture: its renditions, caption, credit and rights."""
    return f"p:{picture_id}"


def topic(name: str) -> str:
    """Which stories carry one topic, subject or other label. `name` may be any text."""
    return f"t:{name}"


def offers(masthead_id: int) -> str:
    """Which offers one masthead may show now, and how often each."""
    return f"o:{masthead_id}"


def house_offers(masthead_id: int) -> str:
    """Which offers of its own stand in the pages of one masthead as they are drawn."""
    return f"oh:{masthead_id}"


def jobs(masthead_id: int) -> str:
    """Which jobs one masthead's board lists, and what it says of each."""
    return f"j:{masthead_id}"


def places(masthead_id: int) -> str:
    """Which places one masthead describes, and what it says of each."""
    return f"pl:{masthead_id}"


def live(story_id: int) -> str:
    """The entries of one live blog, and whether it goes on."""
    return f"lv:{story_id}"


def coverages() -> str:
    """Which live blogs there are."""
    return "lv:*"


def series(series_id: int) -> str:
    """What pages say of one series of stories, and which stories are in it."""
    return f"se:{series_id}"


def poll(poll_id: int) -> str:
    """One poll: its question, its answers, whether it is open."""
    return f"po:{poll_id}"


def tally(poll_id: int) -> str:
    """How often each answer of one poll was given."""
    return f"po:{poll_id}:n"


def standing(masthead_id: int) -> str:
    """What the standing pages of one masthead say: about it, its imprint, where to write to."""
    return f"st:{masthead_id}"


def letters(masthead_id: int) -> str:
    """Which newsletters one masthead's readers may sign up for, and what it says of each."""
    return f"nl:{masthead_id}"


def editions(newsletter_id: int) -> str:
    """Which editions the archive of one newsletter lists, and what each of them shows."""
    return f"e:{newsletter_id}"


def person(person_id: int) -> str:
    """What pages say of one person over a story."""
    return topic(f"person:{person_id}")


def subject(topic_id: int) -> str:
    """What pages say of one topic of the newsroom: its name and address."""
    return topic(f"subject:{topic_id}")


def provider(provider_id: int) -> str:
    """What pages say of one agency."""
    return topic(f"provider:{provider_id}")


def under(subject: str, masthead_id: int) -> str:
    """Which stories of one masthead stand under one subject: a topic, a person, an agency."""
    return topic(f"{subject}:{masthead_id}")


def release() -> str:
    """The code and templates that rendered the page. Every page carries it."""
    return "r:code"


def wire_tags(tags: Iterable[str]) -> list[str]:
    """Return what an outer cache is told a page depends on: at most 60 short tags.

    Each is 8 characters of `A-Za-z0-9_-`, a hash of the tag. A page with more keeps as many exact
    as fit, kinds that change often first, and names the rest by bucket (`sh~3`): it is then
    purged whenever any tag of that bucket is. Purging too much is slow; too little is wrong.
    """
    rows = sorted(set(tags), key=lambda tag: (_rank(tag), tag))
    buckets = [_bucket(tag) for tag in rows]
    left: set[str] = set()
    room = [0] * (len(rows) + 1)  # how many names the rows from each place on take as buckets
    for place in range(len(rows) - 1, -1, -1):
        left.add(buckets[place])
        room[place] = len(left)
    most = min(len(rows), MOST_WIRE_TAGS)
    exact = max(n for n in range(most + 1) if n + room[n] <= MOST_WIRE_TAGS)
    return [_hashed(tag) for tag in rows[:exact]] + sorted(set(buckets[exact:]))


def wire_purge(tags: Iterable[str]) -> list[str]:
    """Return what an outer cache must purge so that no page `wire_tags` spoke for is left."""
    wanted = set(tags)
    return sorted({_hashed(tag) for tag in wanted} | {_bucket(tag) for tag in wanted})


def _rank(tag: str) -> int:
    kind = _kind(tag)
    return EXACT_FIRST.index(kind) if kind in EXACT_FIRST else len(EXACT_FIRST)


def _kind(tag: str) -> str:
    """The kind of a tag; every kind nobody foresaw shares one, so that buckets stay few."""
    kind = tag.partition(":")[0]
    return kind if kind in EXACT_FIRST else "x"


def _hashed(tag: str) -> str:
    return urlsafe_b64encode(hashlib.blake2b(tag.encode(), digest_size=6).digest()).decode()


def _bucket(tag: str) -> str:
    number = hashlib.blake2b(tag.encode(), digest_size=1).digest()[0] % BUCKETS
    return f"{_kind(tag)}~{number}"
