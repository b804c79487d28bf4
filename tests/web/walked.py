"""Every address at which readers could find a story, by the name of its pattern."""

from uuid import UUID

from dateline.discussion.models import Comment
from dateline.media import queries as media
from dateline.polls.models import Poll
from dateline.standing.domain.kinds import PageKind
from dateline.stories.queries.whereabouts import sitemap_path

WRITER = UUID(int=7)
ALWAYS_THERE = {
    "newsletters": ["/newsletters/"],
    "account": ["/account/"],
    "saved": ["/saved/"],
    "own_saved": ["/account/saved/"],
    "saved_keep": ["/account/saved/keep"],
    "saved_remove": ["/account/saved/remove"],
    "saved_undo": ["/account/saved/undo"],
    "saved_state": ["/account/saved/state?story=1"],
    **{kind.value: [kind.path] for kind in PageKind},
    "contact_write": ["/contact/write/"],
    "contact_sent": ["/contact/sent/"],
    "offline": ["/offline/"],
    "icon": ["/icon-any-192.png"],
    "look": ["/look.css"],
    "favicon": ["/favicon.svg"],
    "wordmark": ["/wordmark.svg"],
    "robots": ["/robots.txt"],
    "topics": ["/topics/"],
    "archive": ["/archive/"],
    "archive_year": ["/archive/2026/"],
    "archive_month": ["/archive/2026/11/"],
    "sitemap": ["/sitemap.xml"],
    "sitemap_pages": ["/sitemaps/pages.xml"],
    "out": ["/account/enter/?next=/world/"],
    "back": ["/account/back/?code=x"],
    "away": ["/account/away/"],
    "me": ["/me"],
}
LITE = {
    "lite": ["/lite/"],
    "lite_section": ["/lite/world/", "/lite/world/?page=2", "/lite/politics/"],
    "lite_missing": ["/lite/a/b/c"],
}
TWINNED = (
    *(kind.value for kind in PageKind), "live_index", "series", "search", "places", "place",
    "topics", "topic", "person", "agency", "corrections", "most_read", "archive", "archive_year",
    "archive_month", "archive_day", "versions", "comments", "live_entry",
)  # fmt: skip
OF_DECISIONS = {
    "own_comments": ["/account/comments/"],
    "appeal": ["/account/comments/1/appeal/"],
    "answer_mail": ["/account/comments/mail/"],
    "stop_answers": ["/account/comments/stop/of-nobody/"],
    "notice": ["/notices/"],
    "notice_numbers": ["/notices/numbers/2026/"],
    "notice_csv": ["/notices/numbers/2026.csv"],
    "notice_json": ["/notices/numbers/2026.json"],
    "notice_status": ["/notices/N2026-ABCDEFGH/"],
}  # what became of comments and of notices: nothing of a story is told there
OF_LETTERS = {
    "sign_up": ["/newsletters/sign-up"],
    "letter_confirm": ["/newsletters/confirm/of-nobody/"],
    "letter_out": ["/newsletters/out/of-nobody/"],
    "letter_choose": ["/newsletters/choose/of-nobody/"],
    "letter_move": ["/newsletters/move/of-nobody/"],
    "own_letters": ["/account/newsletters/"],
    "letters": ["/newsletters/canaries/", "/newsletters/canaries/?page=2"],
    "letter": ["/newsletters/canaries/1/"],
}
MIX = {"trending_items": ["/trending.json"], "trending": ["/trending/"]}  # of the sister titles
OF_SEARCH = {
    "search": ["/search", "/search?q=sings", "/search?q=-nothing&by=best"],
    "search_feed": ["/search/feed.xml?q=sings"],
}  # a page shows what was typed, so nobody types the bird
OF_OFFERS = {
    "list": ["/offers.json"],
    "ads_txt": ["/ads.txt"],
    "seen": ["/p/seen"],
    "click": ["/p/c/1.1.body.x"],
    "report": ["/p/r/1.x"],
    "report_csv": ["/p/r/1.x/days.csv"],
}
OF_JOBS = {
    "places": ["/places/"],
    "place": ["/places/canary/"],
    "jobs": ["/jobs/", "/jobs/?page=2"],
    "jobs_only": ["/jobs/with/remote/"],
    "job": ["/jobs/1-canary/"],
}
OF_ALERTS = {
    "alerts": ["/alerts/"],
    "follow_topic": ["/alerts/topic/canary/"],
    "alerts_keep": ["/alerts/keep"],
    "alerts_mine": ["/alerts/mine"],
    "alerts_pause": ["/alerts/pause"],
    "alerts_leave": ["/alerts/leave"],
    "alerts_drill": ["/alerts/drill"],
    "alerts_by_mail": ["/alerts/by-mail"],
    "alerts_yes": ["/alerts/yes/of-nobody/"],
    "alerts_choose": ["/alerts/choose/of-nobody/"],
    "search_mail": ["/search/mail?q=bird"],
    "search_mail_yes": ["/search/mail/yes/of-nobody/"],
    "search_mail_choose": ["/search/mail/choose/of-nobody/"],
    "service_worker": ["/service-worker.js"],
    "manifest": ["/manifest.webmanifest"],
}
API = {"api_changes", "api_stories", "api_story", "api_versions"}
FORMS = ("xml", "atom", "json")
OF_LISTS = {
    "topic": "/topics/birds/", "person": "/people/ana/", "agency": "/agencies/birds/",
    "corrections": "/corrections/", "most_read": "/most-read/",
}  # fmt: skip
LIST_FEEDS = {f"{name}_feed" for name in OF_LISTS}
FILES = {"media_reader_copy", "media_desk_copy"}  # one file for all titles


def for_programs(number, tail):
    return {
        "api": ["/api/1/"],
        "api_description": ["/api/1/openapi.json"],
        "api_changes": ["/api/1/changes", "/api/1/changes?since=2020-01-01T00:00:00Z"],
        "api_stories": ["/api/1/stories", "/api/1/stories?section=world"],
        "api_story": [f"/api/1/stories/{number}"],
        "api_versions": [f"/api/1/stories/{number}/versions"],
        "api_nothing": [f"/api/1/{tail}"],
    }


def addresses(story):
    """For each pattern the paths at which this story, or its picture, could be found."""
    tail = f"canary-sings-{story.pk}"
    picture = story.lead_picture
    copy = media.rendition_path(picture, "3:2", 320, "jpeg")
    thumbnail = picture.get_rendition("max-165x165")
    found = {
        "front": ["/", "/?page=2"],
        "feed": feeds("/"),
        **of_lists(),
        "sitemap_shard": [sitemap_path(story.pk)],
        "news_sitemap": ["/news-sitemap.xml"],
        **of_a_thread(story, f"/world/{tail}/comments/"),
        **ALWAYS_THERE,
        **OF_DECISIONS,
        **OF_OFFERS,
        **OF_SEARCH,
        **OF_JOBS,
        **OF_LETTERS,
        **OF_ALERTS,
        **for_programs(story.pk, tail),
        "follow_story": [f"/alerts/story/{story.pk}/"],
        "new": ["/new.json"],
        **MIX,
        **of_a_kind(story, tail),
        "now": [f"/world/{tail}/now.json"],
        "to_section": ["/world", f"/{tail}"],
        "section": ["/world/", "/world/?page=1", "/politics/"],
        "section_feed": feeds("/world/"),
        "story": [f"/world/{tail}", f"/world/{story.pk}", f"/politics/guess-{story.pk}"],
        "share_picture": [f"/world/{tail}/share.jpg"],
        "versions": [f"/world/{tail}/versions", f"/world/{story.pk}/versions"],
        "not_found": ["/sitemap", f"/x/y/{tail}", f"/documents/{story.pk}/canary.pdf"],
        "lite_story": [f"/lite/world/{tail}", f"/lite/politics/guess-{story.pk}"],
        **LITE,
        "media_reader_copy": [copy, f"/media/pictures/{picture.pk}/guess/3x2-320.jpg"],
        "media_desk_copy": [thumbnail.url],
        "media_original": [picture.file.url],
    }
    twins = {f"lite_{name}": [f"/lite{path}" for path in found[name]] for name in TWINNED}
    return found | twins


def of_a_thread(story, path):
    """The addresses of the comments below a story, and of who wrote them."""
    said = said_below(story)
    return {
        "comments": [path, f"{path}?order=newest"],
        "comment": [f"{path}{pk}" for pk in said],
        "mine": [f"{path}mine.json"],
        "talk": [f"{path}new.json"],
        "follow": [f"{path}follow"],
        "act": [f"{path}{said[0]}/vote"],
        "member": [f"/member/{WRITER}/"],
        "mute": [f"/member/{WRITER}/mute"],
    }


def of_lists():
    """The lists beside fronts and sections, with their feeds."""
    return {
        **{name: [path] for name, path in OF_LISTS.items()},
        **{f"{name}_feed": feeds(path) for name, path in OF_LISTS.items()},
        "archive_day": ["/archive/2026/11/20/"],
    }


def feeds(path):
    """The feeds of a list."""
    return [f"{path}feed.{form}" for form in FORMS]


def of_a_kind(story, tail):
    """The addresses that a live blog, an event, a poll and a series have."""
    entry = story.live_entries.values_list("pk", flat=True).first() or 1
    poll = Poll.objects.values_list("pk", flat=True).first() or 1
    return {
        "live_index": ["/live/"],
        "live_entries": [f"/world/{tail}/live.json"],
        "live_entry": [f"/world/{tail}/live/{entry}"],
        "series": ["/series/songs/"],
        "event": [f"/world/{tail}/event.ics"],
        "poll": [f"/world/{tail}/poll/{poll}/"],
        "poll_vote": [f"/world/{tail}/poll/{poll}/vote"],
    }


def said_below(story):
    """The ids of the comments below the story, or of one that is not."""
    return list(Comment.objects.filter(thread__story=story).values_list("pk", flat=True)) or [1]
