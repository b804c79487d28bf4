"""Set the demo network up: mastheads with their sections, providers, people and their rights."""

from typing import Any

from dateline.accounts import services as accounts
from dateline.demo import adapters
from dateline.mastheads import models as masthead_models
from dateline.mastheads import queries as mastheads
from dateline.mastheads import services as masthead_services
from dateline.stories.services import drafting
from dateline.wire import models as wire_models
from dateline.wire.services import providers

BY = "the demo"
PASSWORD = "dateline"  # noqa: S105 - printed on the screen, good on a demo only
LEGAL_LINE = "©2026 Tamagawa Press Inc."
ON_STORIES = (
    "wagtailadmin.access_admin",
    "stories.add_story", "stories.change_story", "stories.view_story",
    "stories.add_person", "stories.change_person", "stories.view_person",
    "stories.add_topic", "stories.change_topic", "stories.view_topic",
    "stories.publish_story", "stories.kill_story", "stories.lock_story", "stories.unlock_story",
    "wire.view_wireitem", "wire.view_provider", "wire.view_rawdelivery", "wire.change_rawdelivery",
)  # fmt: skip
GROUPS: dict[str, dict[str, tuple[str, ...]]] = {
    "Editors of the network": {
        "permissions": ON_STORIES,
        "on_pictures": ("add_picture", "change_picture", "choose_image"),
    },
    "Photo desk": {
        "permissions": ("wagtailadmin.access_admin", "stories.view_story", "wire.view_wireitem"),
        "on_pictures": ("add_picture", "change_picture", "delete_picture", "choose_image"),
    },
    "Moderators of the network": {
        "permissions": ("wagtailadmin.access_admin", "stories.view_story"),
        "on_pictures": (),
    },
}
PROVIDERS = {
    "kna": ("Kaihō News Agency", "KNA", "© 2026 Kaihō News Agency"),
    "northern": ("Northern Wire", "Northern Wire", "© 2026 Northern Wire"),
    "pps": ("Pacific Photo Service", "PPS", "© 2026 Pacific Photo Service"),
}
AUTOMATIC = ("kna", "musashi", "world")


def lay_out(domain: str) -> int:
    """Add what is missing of mastheads, providers, people and topics; return how many mastheads.

    `domain` is the network's; each masthead gets a host in front of it.
    """
    known = {site.slug: site.id for site in mastheads.all_mastheads()}
    wanted = adapters.table("mastheads")
    for place, (slug, facts) in enumerate(wanted.items()):
        if slug not in known:
            known[slug] = _masthead(slug, facts, place=place, domain=domain, known=known)
    for slug, (name, credit, copyright_line) in PROVIDERS.items():
        _provider(slug, name=name, credit_line=credit, copyright_line=copyright_line)
    for slug, (name, qcode) in adapters.table("topics").items():
        drafting.save_topic(slug=slug, name=name, qcode=qcode)
    for slug, facts in adapters.table("people").items():
        drafting.save_person(slug=slug, **facts)
    _log_ins()
    return len(wanted)


def _masthead(
    slug: str, facts: dict[str, Any], *, place: int, domain: str, known: dict[str, int]
) -> int:
    colours = {name: facts[name] for name in (
        "ink", "paper", "accent", "ink_dark", "paper_dark", "accent_dark"
    )}  # fmt: skip
    masthead = masthead_models.Masthead(
        slug=slug,
        name=facts["name"],
        tagline=facts["tagline"],
        host=f"{facts['host']}.{domain}",
        language=facts["language"],
        time_zone="Asia/Tokyo",
        edition_of_id=known.get(facts.get("edition_of", "")),
        legal_line=LEGAL_LINE,
        look=facts["look"],
        place=place,
        about=facts["about"],
        **colours,
    )
    masthead_id = masthead_services.save_masthead(masthead, by=BY)
    _sections(masthead_id, facts["sections"])
    drawing = adapters.wordmark(slug)
    if drawing:
        masthead_services.set_wordmark(masthead_id, drawing, by=BY)
    return masthead_id


def _sections(masthead_id: int, named: dict[str, str]) -> None:
    """Sections in the order written; `sports/sumo` stands under `sports`, which comes before it."""
    made: dict[str, masthead_models.Section] = {}
    for path, name in named.items():
        above, _, slug = path.rpartition("/")
        made[path] = masthead_models.Section(name=name, slug=slug, parent=made.get(above))
    masthead_services.save_sections(masthead_id, made.values(), by=BY)


def _provider(slug: str, **facts: str) -> None:
    if not wire_models.Provider.objects.filter(slug=slug).exists():
        providers.save_provider(wire_models.Provider(slug=slug, **facts), by=BY)


def publish_automatically() -> None:
    """Let one agency's copy go to the daily by itself, unless somebody has set a rule already.

    Done last: what is seeded before must not publish itself at the wrong moment.
    """
    agency, masthead, section = AUTOMATIC
    provider = wire_models.Provider.objects.get(slug=agency)
    site = mastheads.by_slug(masthead)
    if site is None or provider.auto_masthead_id:
        return
    node = site.section(section)
    provider.auto_masthead_id, provider.auto_section_id = site.id, node.id if node else None
    providers.save_provider(provider, by=BY)


def _log_ins() -> None:
    for name, rights in GROUPS.items():
        accounts.save_group(name, **rights)
    for facts in adapters.table("logins").values():
        accounts.create_person(
            email=facts["email"],
            password=PASSWORD,
            first_name=facts["first_name"],
            last_name=facts["last_name"],
            groups=facts["groups"],
            staff=facts.get("staff", True),
            superuser=facts.get("superuser", False),
        )
