"""What followers are shown of an alert."""

from dateline.alerts import models
from dateline.alerts.domain.kinds import AlertClass, Change
from dateline.alerts.domain.push import Notice
from dateline.alerts.domain.words import words_for
from dateline.mastheads import queries as mastheads
from dateline.stories import queries as stories


def notice_of(alert: models.Alert) -> Notice:
    """An alert as its masthead's followers see it: title, text, and where a click leads."""
    site = next(one for one in mastheads.all_mastheads() if one.id == alert.masthead_id)
    words = words_for(site.language)
    path = next(
        (p for masthead, _, p in stories.addresses(alert.story_id) if masthead == site.id), "/"
    )
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
