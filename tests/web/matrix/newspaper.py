"""Two titles full of everything a page can show and two with nothing, in English and in Japanese.

Each looks another way, so that the colours of every look are measured.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import UUID, uuid4

from django.contrib.auth import get_user_model
from wagtail.rich_text import RichText

from dateline.accounts.models import Membership
from dateline.alerts.services import keys
from dateline.fronts import services as fronts
from dateline.fronts.domain.alarm import Level, Told
from dateline.jobs.queries.board import path_of as path_of_job
from dateline.mastheads.models import Masthead
from dateline.mastheads.services import set_wordmark
from dateline.places import models as places
from dateline.places.services import keep_place
from dateline.polls import models as polls
from dateline.polls.services import ask, keep_poll
from dateline.standing.domain.kinds import PageKind
from dateline.standing.services.contact import keep_contact
from dateline.standing.services.pages import fill_page
from dateline.stories import models
from dateline.stories.domain.legal import Demand, Ground
from dateline.stories.domain.live import EntryWords
from dateline.stories.services import indexing, kills, legal, live
from dateline.stories.services.drafting import save_person, save_topic
from dateline.stories.services.publishing import correct_story, withdraw_story
from dateline.stories.services.series import find_or_start
from dateline.trending.domain.rank import ListKind, Reason
from dateline.trending.models import RankedList
from tests.factories.discussion import a_comment, a_reader, house
from tests.factories.jobs import a_keeper, a_listing
from tests.factories.newsroom import a_masthead, a_story
from tests.factories.pictures import a_picture
from tests.factories.web import path_of, shelve
from tests.factories.wire import a_provider, a_wire_item
from tests.web.matrix.words import WORDS

NOW = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)  # 13:00 in Tokyo
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
LANGUAGES, STATES = ("en", "ja"), ("full", "empty")
LOOKS = {
    ("en", "full"): ("musashi", "daily"),
    ("ja", "full"): ("musashi-ja", "magazine"),
    ("en", "empty"): ("kinako", "guide"),
    ("ja", "empty"): ("kinako-ja", "weekly"),
}
SAKI = UUID(int=7)
WORDMARK = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 9"><path d="M0 0h90v9z"/></svg>'
)
ORDER = Demand(
    ground=Ground.COURT, by="Harbour Court", place="Japan", reference="41",
    made_on=date(2026, 11, 19), copy_url="https://archive.example/41",
)  # fmt: skip
QUAKE = Told("Earthquake off Minasato. Go uphill.", "水里沖で地震。高台へ。", "", "")


@dataclass
class Title:
    """One title, and the paths on it by the names that kinds of pages use."""

    language: str
    state: str
    slug: str
    row: Masthead
    paths: dict[str, str] = field(default_factory=dict)
    story: models.Story | None = None  # one that everything happened to

    @property
    def host(self):
        """Where it is read."""
        return f"{self.slug}.localhost"

    @property
    def words(self):
        """What stands in its stories."""
        return WORDS[self.language]


def lay_out():
    """All four titles, by (language, state)."""
    keys.ensure(at=NOW)
    save_topic(slug="ferries", name="Ferries & boats")
    save_topic(slug="snow", name="Snow")
    save_person(slug="hana", name="Hana Kurosawa", role="Reporter", about="She writes of boats.")
    save_person(slug="rui", name="Rui Abe")
    kna = a_provider("kna", "KNA")
    titles = {}
    for (language, state), (slug, look) in LOOKS.items():
        first = titles.get(("en", state))
        row = a_masthead(
            slug, look=look, language=language, edition_of=first.row if first else None,
            tagline="News of the bay", name=WORDS[language]["title"].format(slug),
        )  # fmt: skip
        titles[language, state] = Title(language, state, slug, row)
        keep_contact(row.pk, "desk@news.example", by_form=True)
    set_wordmark(titles["ja", "full"].row.pk, WORDMARK, by="Ana")
    pair = a_story(
        "Read in two languages", at=NOW - HOUR / 8, on=("musashi", "musashi-ja"),
        topics=("ferries",), lead_picture=a_picture("pair", caption="A pier.", credit="A/B", description="A pier."),
    )  # fmt: skip
    for title in titles.values():
        words = title.words
        if title.state == "full":
            fill_page(title.row.pk, PageKind.STAFF, f"<p>{words['text']}</p>", at=NOW)
            _fill(title, kna)
            title.paths["pair"] = path_of(pair)
        else:
            find_or_start(title.row.pk, slug="nothing-yet", name=words["series"], by="Ana")
    indexing.index_stories(list(models.Story.objects.values_list("pk", flat=True)))
    return titles


def _fill(title, kna):
    w = title.words
    picture = a_picture(
        title.slug, size=(1600, 1067), caption=w["caption"], credit="A/B", byline="Rin Abe",
        copyright_notice="© A", web_statement="https://pictures.example/terms",
        digital_source_type="http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture",
    )  # fmt: skip
    shelve(
        [f"{w['headline']} {n}" for n in range(28)], on=title.slug, lead_picture=picture,
        standfirst=w["standfirst"], at=NOW - 2 * HOUR, language=title.language,
    )  # fmt: skip
    shelve(
        [w["headline"], w["question"]], on=title.slug, section="politics", kind="opinion",
        at=NOW - 3 * HOUR, language=title.language,
    )  # fmt: skip
    _articles(title, kna, picture)
    _kinds(title, picture)
    _closed(title)
    _around(title, picture)


def written(title, name, **fields):
    """A public story of a title, whose address is kept under `name`."""
    w = title.words
    told = {
        "on": (title.slug,), "at": NOW - HOUR, "language": title.language,
        "standfirst": w["standfirst"], "topics": ("ferries",),
        "body": [("text", f"<p>{w['text']}</p>")], **fields,
    }  # fmt: skip
    story = a_story(told.pop("headline", f"{w['headline']} ({name})"), **told)
    title.paths[name] = path_of(story)
    return story


def _articles(title, kna, picture):
    w = title.words
    body = [
        ("text", f"<p>{w['text']}</p><h3>{w['question']}</h3><p><b>{w['text']}</b></p>"),
        ("heading", w["question"]),
        ("factbox", {"title": w["headline"], "text": RichText(f"<p>{w['text']}</p>")}),
        ("quote", {"text": w["question"], "speaker": "Ana"}),
        ("wire", "<table><caption>C</caption><tr><th>A</th><td>1</td></tr></table>"),
        ("picture", {"picture": picture, "caption": w["caption"]}),
    ]
    story = written(
        title, "article", headline=w["nasty"], people=("hana",), lead_picture=picture,
        dateline="Seoul", copyright_line="© Us", short_headline=w["headline"], body=body,
        sensitive=True,
    )  # fmt: skip
    correct_story(
        story.pk, kind="correction", text=w["standfirst"], by="Ana", at=NOW - HOUR / 2,
        changes={"headline": f"{w['nasty']} 2"},
    )  # fmt: skip
    item = a_wire_item(
        kna, family=f"urn:kna:{title.slug}", version=3, language="ja", version_created_at=NOW
    )
    written(title, "wire", kind="wire", provider=kna, wire_item=item, copyright_line="© KNA")
    written(title, "opinion", kind="opinion", people=("hana",))
    written(title, "plain", standfirst="", topics=())
    _talk(title, story)


def _talk(title, story):
    """A thread with answers, by somebody who is a member."""
    house(title.row, seconds_between=0, most_in_minute=0)
    saki = get_user_model().objects.filter(pk=SAKI).first() or a_reader("Saki Ono", pk=SAKI)
    Membership.objects.create(user=saki, masthead=title.row, joined_at=NOW - DAY, shown="")
    at = NOW - HOUR / 2
    first = a_comment(story, title.row, f"> {title.words['text']}\n\nNo.", author=saki, at=at)
    for n in range(3):
        a_comment(story, title.row, answers_id=first.pk, at=at + HOUR / 60 * n)
    path = f"{title.paths['article']}/comments/"
    title.story = story
    title.paths |= {
        "article_id": str(story.pk), "thread": path, "comment": f"{path}{first.pk}", "member": f"/member/{SAKI}/",
    }  # fmt: skip
    item = {
        "placement": story.placements.get().pk, "story": story.pk, "site": title.row.pk,
        "section": story.placements.get().section_id, "reason": Reason.READ,
    }  # fmt: skip
    RankedList.objects.create(
        masthead=title.row, kind=ListKind.READ, made_at=NOW - HOUR / 60, items=[item]
    )


def _kinds(title, picture):
    w = title.words
    written(title, "press_release", kind="press_release", body=[("sender", w["sender"])])
    written(title, "picture", kind="picture", lead_picture=picture)
    second = a_picture(f"{title.slug}-2", caption="", credit="A/B", description=w["caption"])
    hung = [{"picture": one, "caption": w["caption"]} for one in (picture, second)]
    strip = ("gallery", {"title": w["headline"], "pictures": hung})
    written(title, "gallery", body=[("text", f"<p>{w['text']}</p>"), strip])
    written(title, "quote", kind="quote", body=[("saying", w["saying"])])
    paper = w["paper"] | {
        "date": date(2026, 11, 19), "summary": RichText(f"<p>{w['text']}</p>"),
        "link": "https://gull.example/9",
    }  # fmt: skip
    written(title, "digest", kind="digest", body=[("paper", paper)])
    event = w["event"] | {
        "starts_at": NOW + DAY, "ends_at": NOW + DAY + HOUR, "cancelled": False,
        "link": "https://lantern.example/",
    }  # fmt: skip
    written(title, "event", kind="event", body=[("event", event)], lead_picture=picture)
    _polls(title)
    _blogs(title)
    series = find_or_start(title.row.pk, slug="weekly", name=w["series"], by="Ana")
    title.paths["series"] = "/series/weekly/"
    for number in (1, 2):
        written(title, "in_series", series_id=series, series_number=number)


def _polls(title):
    w = title.words
    for name in ("poll", "poll_over"):
        number = ask(w["question"], w["answers"], opens_at=NOW - DAY, by="Ana")
        poll = polls.Poll.objects.get(pk=number)
        if name == "poll_over":
            poll.closes_at = NOW - HOUR
            keep_poll(poll, by="Ana")
        written(title, name, kind="poll", body=[("poll", poll)])
        title.paths[f"{name}_page"] = f"{title.paths[name]}/poll/{number}/"


def _blogs(title):
    w = title.words
    title.paths["blog_empty"] = path_of(written(title, "blog_empty", kind="live"))
    blog = written(title, "blog", kind="live", at=NOW - 2 * DAY)
    said = EntryWords(w["headline"], f"<p>{w['text']}</p>", key_event=True)
    numbers = [
        live.post_entry(blog.pk, said, key=uuid4(), by="Ana Mori", at=NOW - HOUR + n * HOUR / 90)
        for n in range(30)
    ]
    title.paths["entry"] = f"{title.paths['blog']}/live/{numbers[4]}"


def _closed(title):
    """Stories that may not be read any more, each with its own notice."""
    killed = written(title, "killed")
    kills.kill_story(killed.pk, reason="Wrong.", by="Ana", at=NOW - HOUR / 3)
    withdrawn = written(title, "withdrawn")
    withdraw_story(withdrawn.pk, reason="Doubts.", by="Ana", at=NOW - HOUR / 3)
    withheld = written(title, "withheld")
    legal.withhold_by_law(withheld.pk, ORDER, reason="Law.", by="Ana", at=NOW - HOUR / 3)
    written(title, "expired", expire_at=NOW - HOUR / 4)
    written(title, "rights_over", rights_until=NOW - HOUR / 4)


def _around(title, picture):
    w = title.words
    place = places.Place(
        masthead=title.row, name=w["place"], slug="yukimori", region="Kitayama", text=w["text"],
        access=w["text"], season=w["text"], latitude=Decimal("43.06"), longitude=Decimal("141.35"),
        picture=picture, topic=models.Topic.objects.get(slug="ferries"),
    )  # fmt: skip
    keep_place(place, by="Ana")
    kei = a_keeper(title.row)
    told = {"by": kei, "title": w["job"], "text": w["text"], "at": NOW - DAY}
    jobs = {
        "job": a_listing(title.row, **told),
        "job_over": a_listing(title.row, valid_until=NOW - HOUR, **told),
    }
    title.paths |= {name: path_of_job(one.pk, one.title) for name, one in jobs.items()}


def alarm(level):
    """Switch the alarm of the network: a banner, or text-only pages."""
    fronts.switch(level, QUAKE, by=None, at=NOW)


def emergency():
    """Every page is text only from now on."""
    alarm(Level.EMERGENCY)
