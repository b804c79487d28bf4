"""Set the demo network up: mastheads with their sections, providers, people and their rights."""

from typing import Any

from django.db import transaction

from dateline import clock
from dateline.accounts.services import people as accounts
from dateline.accounts.services import readers
from dateline.demo import adapters
from dateline.mastheads import services as mastheads
from dateline.mastheads.queries import by_id
from dateline.stories.services import drafting
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
        "on_pictures": ("add_image", "change_image", "choose_image"),
    },
    "Photo desk": {
        "permissions": ("wagtailadmin.access_admin", "stories.view_story", "wire.view_wireitem"),
        "on_pictures": ("add_image", "change_image", "delete_image", "choose_image"),
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


@transaction.atomic
def lay_out(domain: str) -> int:
    """Add what is missing of mastheads, providers, people and topics; return how many mastheads.

    `domain` is the network's; each masthead gets a host in front of it.
    """
    wanted = adapters.table("mastheads")
    for place, (slug, facts) in enumerate(wanted.items()):
        _masthead(slug, facts, place=place, domain=domain)
    for slug, (name, credit, copyright_line) in PROVIDERS.items():
        providers.create_provider(
            slug=slug, name=name, credit_line=credit, copyright_line=copyright_line, by=BY
        )
    for slug, (name, qcode) in adapters.table("topics").items():
        drafting.save_topic(slug=slug, name=name, qcode=qcode)
    for slug, facts in adapters.table("people").items():
        known = {name: value for name, value in facts.items() if name != "portrait"}
        drafting.save_person(slug=slug, **known)
    _log_ins()
    return len(wanted)


def _masthead(slug: str, facts: dict[str, Any], *, place: int, domain: str) -> None:
    told = {**facts, "host": f"{facts['host']}.{domain}", "place": place}
    masthead_id = mastheads.create_masthead(
        slug=slug, time_zone="Asia/Tokyo", legal_line=LEGAL_LINE, by=BY, **told
    )
    site = by_id(masthead_id)
    drawing = adapters.wordmark(slug)
    if drawing and site and not site.wordmark_url:
        mastheads.set_wordmark(masthead_id, drawing, by=BY)


def hang_portraits(pictures: dict[str, Any]) -> None:
    """Give the people who have been drawn their portrait; `pictures` are library rows by name."""
    for slug, facts in adapters.table("people").items():
        if facts.get("portrait") in pictures:
            name, portrait = facts["name"], pictures[facts["portrait"]]
            drafting.save_person(slug=slug, name=name, portrait=portrait)


def publish_automatically() -> None:
    """Let one agency's copy go to the daily by itself, unless somebody has set a rule already.

    Done last: what is seeded before must not publish itself at the wrong moment.
    """
    agency, masthead, section = AUTOMATIC
    providers.publish_to(agency, masthead=masthead, section=section, by=BY)


def _log_ins() -> None:
    for name, rights in GROUPS.items():
        accounts.save_group(name, **rights)
    for facts in adapters.table("logins").values():
        person = accounts.create_person(
            email=facts["email"],
            password=PASSWORD,
            first_name=facts["first_name"],
            last_name=facts["last_name"],
            groups=facts["groups"],
            staff=facts.get("staff", True),
            superuser=facts.get("superuser", False),
        )
        if "display_name" in facts and not person.display_name:
            readers.set_display_name(person, facts["display_name"], at=clock.now())
