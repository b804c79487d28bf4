"""What followers are shown of an alert."""

from collections.abc import Sequence
from dataclasses import replace

from dateline.alerts import models
from dateline.alerts.domain.kinds import AlertClass, Change
from dateline.alerts.domain.push import Notice
from dateline.alerts.domain.words import words_for
from dateline.mastheads import queries as mastheads
from dateline.mastheads.domain.site import Site
from dateline.stories.queries import reading as stories

MOST_LINES = 3  # of a digest


def notice_of(alert: models.Alert) -> Notice:
    """An alert as its masthead's followers see it: title, text, and where a click leads."""
    site = site_of(alert)
    words = words_for(site.language)
    path = path_of(alert, site)
    label = words[f"label_{alert.change or alert.alert_class}"]
    return Notice(
        title=words["title_of"].format(name=site.name, label=label),
        text=alert.text,
        url=site.origin + path,
        language=site.language,
        masthead_id=site.id,
        story_id=alert.story_id,
        alert_class=AlertClass(alert.alert_class),
        change=Change(alert.change),
        icon=f"{site.origin}/favicon.svg",
    )


def digest_notice(alerts: Sequence[models.Alert]) -> Notice:
    """One notice for several alerts of one masthead that were held; a single one leads to its own.

    Raises:
        IndexError: there are none.

    """
    first, site = notice_of(alerts[0]), site_of(alerts[0])
    words = words_for(site.language)
    lines = [alert.text for alert in alerts[-MOST_LINES:]]
    if len(alerts) > MOST_LINES:
        lines.append(words["digest_more"].format(len(alerts) - MOST_LINES))
    return replace(
        first,
        title=words["title_of"].format(name=site.name, label=words["digest_title"]),
        text="\n".join(lines),
        url=first.url if len(alerts) == 1 else f"{site.origin}/",
        alert_class=AlertClass.TOPIC,
        story_id=0,
    )


def path_of(alert: models.Alert, site: Site) -> str:
    """Where the story of an alert stands on a masthead; its front where it stands there no more."""
    addresses = stories.addresses(alert.story_id)
    return next((path for masthead, _, path in addresses if masthead == site.id), "/")


def site_of(alert: models.Alert) -> Site:
    """The masthead whose followers an alert is for."""
    return next(one for one in mastheads.all_mastheads() if one.id == alert.masthead_id)
