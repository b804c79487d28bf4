"""A network in which every word that anybody may send is hostile, put in as they would send it.

Agencies' items come in as files, comments and notices through the services, letters leave as they
always do. What is stored is what pages then show; nothing is written while they are looked at.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from itertools import cycle, islice
from urllib.parse import quote

from django.conf import settings
from django.core.cache import cache
from django.test import Client
from wagtail.rich_text import RichText

from dateline import clock
from dateline.accounts.models import Membership
from dateline.demo import queries
from dateline.discussion import models as discussion
from dateline.discussion.domain.answers import GATHER, SHOWN, Pace
from dateline.discussion.domain.notices import Given, Outcome
from dateline.discussion.domain.status import ReportReason, Status, WordKind
from dateline.discussion.services import (
    answer_mails,
    appeals,
    decisions,
    notices,
    readers,
    rooms,
    voting,
)
from dateline.discussion.services.answers import choose_pace
from dateline.outbox import services as outbox
from dateline.stories import models as stories
from dateline.stories.services import from_wire, kills, publishing
from dateline.stories.services.drafting import Place, save_person, save_topic
from dateline.wire.models import RawDelivery, WireItem
from dateline.wire.services import intake
from tests.factories.discussion import a_comment, a_reader, house
from tests.factories.documents import ninjs
from tests.factories.newsroom import a_draft, a_masthead, a_story, an_editor
from tests.factories.people import ACCOUNT, a_session
from tests.factories.pictures import a_picture
from tests.factories.web import path_of, shelve
from tests.factories.wire import a_provider
from tests.hostile.corpus import ATTACK, RESET, packed
from tests.web.talkers import Talker

ROOM = 4_500  # characters of one comment
TOLD = 390  # characters that one answer has in a mail
LISTED = 24  # headlines of one corpus on a section's page and in its feed
CLOSED = {"seconds_between": 0, "most_in_minute": 0, "most_links": 0, "hold_at_reports": 0,
          "premoderate_first": 0, "hold_removed_percent": 0}  # fmt: skip
ANSWERED = ("/login/", "/signup/", "/password/reset/", "/login/code/")


@dataclass
class World:
    """Addresses to look at, by surface: (host, path) each; `shown` are answers to forms."""

    site: dict = field(default_factory=dict)  # corpus → [(host, path)]
    feeds: dict = field(default_factory=dict)
    desk: dict = field(default_factory=dict)
    shown: list = field(default_factory=list)  # (host, path, HTML)
    texts: dict = field(default_factory=dict)  # corpus → its texts
    letters: dict = field(default_factory=dict)  # corpus → letters with its words
    cookies: dict = field(default_factory=dict)  # host → key of a session


def lay_out(corpora):
    """Make all of it; `corpora` are texts by the name of their list."""
    cache.clear()
    world = World()
    newsroom = _Newsroom(world)
    for name, texts in corpora.items():
        world.site[name], world.feeds[name], world.desk[name] = [], [], []
        world.texts[name] = texts
        newsroom.publish(name, texts)
        newsroom.talk(name, texts)
        newsroom.write(name, texts)
    newsroom.own()
    return world


class _Newsroom:
    def __init__(self, world):
        self.world, self.at = world, clock.now() - timedelta(hours=2)
        self.musashi = a_masthead("musashi", sections=("world", "own", "naughty", "purify", "sanitizer"),
                                  name=ATTACK, tagline=ATTACK, about=ATTACK)  # fmt: skip
        self.kinako = a_masthead("kinako", name="Kinako", sections=("world",))
        house(self.musashi, **CLOSED)
        house(self.kinako, **CLOSED, door="held")
        self.editor = an_editor("editor@dateline.example")
        self.editor.first_name, self.editor.last_name = ATTACK, ATTACK
        self.editor.display_name = ATTACK
        self.editor.save()
        discussion.Moderator.objects.create(user=self.editor, masthead=None)
        save_person(slug="eve", name=ATTACK)
        save_topic(slug="eve", name=ATTACK)
        self.picture = a_picture(
            caption=ATTACK, credit=ATTACK, description=ATTACK, usage_terms=ATTACK, byline=ATTACK
        )
        world.cookies["desk.localhost"] = a_session(self.editor, ":desk")

    def publish(self, name, texts):
        """A story of its own with every text in every kind of block, one of the wire, and a list."""
        own = name == "own"
        blocks = [(kind, text) for text in texts for kind in ("wire", "text")]
        if own:
            blocks += [(kind, value) for text in texts for kind, value in _set_apart(text)]
        blocks.append(("picture", {"picture": self.picture, "caption": ATTACK}))
        story = a_story(
            texts[0][:250] or ATTACK, at=self.at, section=name, standfirst=" ".join(texts)[:4_000],
            dateline=ATTACK, short_headline=ATTACK, people=("eve",), copyright_line=ATTACK,
            usage_terms=ATTACK, lead_picture=self.picture, lead_caption=ATTACK, body=blocks,
        )  # fmt: skip
        sent = self._sent(name, texts)
        lines = list(islice(cycle(packed(texts, 240, " ")), LISTED))
        now = clock.now()
        listed = shelve(lines, section=name, at=now, step=timedelta(seconds=1), short_headline="")
        for row, words in zip(listed, cycle(packed(texts, 2_000, " ")), strict=False):
            row.standfirst, row.byline, row.dateline = words, ATTACK, ATTACK
        stories.Story.objects.bulk_update(listed, ["standfirst", "byline", "dateline"])
        self.story = story
        host = "musashi.localhost"
        self.world.site[name] += [
            (host, path_of(story)), (host, path_of(sent)), (host, f"/{name}/"),
        ]  # fmt: skip
        self.world.feeds[name].append((host, f"/{name}/feed.xml"))
        if own:
            note = " ".join(texts)[:2_000]
            publishing.correct_story(
                story.pk, kind="correction", text=note, by=ATTACK, changes={"headline": ATTACK * 2}
            )
            self.world.site[name] += [(host, f"{path_of(story)}/versions"), (host, "/")]
            self.world.feeds[name].append((host, "/feed.xml"))
        self.world.desk[name] += [
            f"/wire/{sent.wire_item_id}/", f"/snippets/stories/story/edit/{sent.pk}/",
        ]  # fmt: skip

    def _sent(self, name, texts):
        """An item with all of it, dropped into its agency's folder, and the story made of it."""
        provider = a_provider(name, ATTACK)
        folder = settings.DATELINE_INTAKE_DIR / name
        folder.mkdir(parents=True, exist_ok=True)
        usual = {"headline": " ".join(texts)[:1_000] or ATTACK, "slugline": ATTACK, "located": ATTACK,
                 "byline": ATTACK, "ednote": ATTACK, "description_text": ATTACK,
                 "copyrightnotice": ATTACK, "usageterms": ATTACK}  # fmt: skip
        first = {"version": "1", "headline": f"{ATTACK} before"}
        whole = {"version": "2", "body_html": RESET.join(f"<p>{text}" for text in texts)}
        for number, fields in enumerate((first, whole)):
            data = ninjs(f"urn:{name}:1", **{**usual, **fields})
            (folder / f"{number}.json").write_bytes(data)
        if name == "own":
            (folder / quote(ATTACK, " <=()>")).write_bytes(b"{" + ATTACK.encode())
        intake.scan_intake(at=clock.now() + timedelta(hours=1))
        item = WireItem.objects.filter(provider=provider).order_by("-version").first()
        where = Place(masthead="musashi", section=name)
        made = from_wire.make_story(item.pk, by=ATTACK, places=(where,))
        publishing.publish_story(made, by=ATTACK, at=self.at)
        return stories.Story.objects.get(pk=made)

    def talk(self, name, texts):
        """Every text as a comment, a reply with a quote, and a comment that waits on another title."""
        at = f"{path_of(self.story)}/comments/"
        waits = a_story(f"Waits {name}", on=("kinako",), at=self.at)
        rows = []
        for text in packed(texts, ROOM):
            author = a_reader(ATTACK)
            row = a_comment(self.story, self.musashi, text, author=author, at=clock.now())
            rows.append(row)
            a_comment(self.story, self.musashi, f"No. {row.pk}", author=a_reader(ATTACK),
                      at=clock.now(), answers_id=row.pk, quote=row.text[:400].strip())  # fmt: skip
            held = a_comment(waits, self.kinako, f"{text}\n\nHeld.", author=author, at=clock.now())
            voting.report(row.pk, by=self.editor.pk, reason=ReportReason.OTHER, text=text[:400])
        self._judged(rows[0], held, texts)
        self._noticed(rows[-1], texts)
        host = "musashi.localhost"
        self.world.site[name] += [
            (host, f"{at}?order=newest"), (host, f"{at}{rows[0].pk}"),
            (host, f"/member/{rows[0].author_id}/"),
        ]  # fmt: skip
        self.world.desk[name] += [
            *(f"/comments/{row.pk}/" for row in rows), f"/comments/{held.pk}/",
            f"/comments/people/{rows[0].author_id}/",
        ]  # fmt: skip
        self.author = rows[0].author

    def write(self, name, texts):
        """Every text in a letter to who was warned, and in one about answers, which has HTML too."""
        before = {(kept.file, kept.place) for kept in queries.mailbox()}
        for words in packed(texts, 1_900):
            warned = a_reader(ATTACK).pk
            readers.warn(warned, masthead_id=None, by=self.editor.pk, rule=1, reason=words)
        told = list(packed(texts, TOLD))
        for start in range(0, len(told), SHOWN):
            self._answered(told[start : start + SHOWN])
        while outbox.deliver_due():
            pass
        answer_mails.send_due(at=clock.now() + GATHER)
        self.world.letters[name] = [
            kept.letter for kept in queries.mailbox() if (kept.file, kept.place) not in before
        ]

    def _answered(self, told):
        """A reader who wants to hear of answers at once, and these answers."""
        reader = a_reader(ATTACK)
        joined = {"masthead": self.musashi, "joined_at": self.at, "shown": ""}
        Membership.objects.create(user=reader, **joined)
        choose_pace(reader.pk, Pace.SOON)
        story = a_story(ATTACK, at=self.at)
        row = a_comment(story, self.musashi, author=reader, at=clock.now())
        for text in told:
            said = a_comment(story, self.musashi, text, at=clock.now(), answers_id=row.pk)
            if said.status == Status.HELD:
                decisions.approve(said.pk, by=self.editor.pk, expected=said.version)

    def _judged(self, row, held, texts):
        """A removal with hostile reasons, an appeal and its answer; a warning."""
        words = next(packed(texts, 1_900))
        by = self.editor.pk
        done = decisions.remove(held.pk, by=by, expected=held.version, rule=1, reason=words)
        asked = appeals.appeal(done.decision_id, by=held.author_id, text=words)
        appeals.decide_appeal(asked, by=by, upheld=False, answer=words)
        readers.warn(row.author_id, masthead_id=self.musashi.pk, by=by, rule=1, reason=words)
        told = readers.warn(row.author_id, masthead_id=self.kinako.pk, by=by, rule=1, reason=words)
        appeals.appeal(told, by=row.author_id, text=words)
        decisions.hold(row.pk, by=by, expected=row.version, reason=words)
        row.refresh_from_db()
        decisions.approve(row.pk, by=by, expected=row.version)

    def _noticed(self, row, texts):
        """Two notices: one waits, one is answered."""
        where = f"http://musashi.localhost/a/b-1/comments/{row.pk}?{quote(ATTACK, '=()')}"
        for number, words in enumerate(
            [next(packed(texts, 1_900)), f"{ATTACK} is not lawful at all"]
        ):
            given = Given(
                address=where, kind="other", reasons=words.ljust(20, "."), name=ATTACK,
                email=f'"<svg/onload=ran()>{number}"@readers.example', good_faith=True,
            )  # fmt: skip
            reference = notices.give_notice(given, masthead_id=self.musashi.pk)
        found = discussion.Notice.objects.get(reference=reference)
        notices.decide_notice(found.pk, by=self.editor.pk, outcome=Outcome.KEPT, answer=words)
        self.notice = f"/notices/{notices.link_of(reference)}/"

    def own(self):
        """What is there once: lists of the desk, a person's own pages, what a form answers."""
        texts = [f"{ATTACK}{number}" for number in range(9)]
        rooms.list_words(texts, masthead_id=None, kind=WordKind.SUSPECT, by=self.editor.pk)
        killed = a_story(ATTACK, section="own", at=self.at)
        report = kills.kill_story(killed.pk, reason=ATTACK, by=ATTACK)
        draft = a_draft(ATTACK, section="own", standfirst=ATTACK, body=[
            ("text", text) for text in ("<p>a</p>", ATTACK, "<a href='javascript:ran()'>go</a>")
        ])  # fmt: skip
        assert RawDelivery.objects.filter(state="quarantined").exists()
        asked = quote(f'"><{ATTACK[1:]}')
        self.world.desk["own"] += [
            "/", "/wire/", f"/wire/?q={asked}", "/wire/quarantine/", "/snippets/wire/provider/",
            "/snippets/stories/story/", f"/snippets/stories/story/?q={asked}",
            f"/snippets/stories/story/edit/{killed.pk}/", f"/stories/kills/{report}/",
            f"/snippets/stories/story/edit/{draft.pk}/", f"/stories/{draft.pk}/kill/",
            f"/snippets/stories/story/history/{draft.pk}/", "/images/",
            f"/images/{self.picture.pk}/", "/comments/queue/new/", "/comments/queue/held/",
            "/comments/queue/reported/", "/comments/queue/removed/", "/comments/appeals/",
            "/comments/notices/", f"/comments/words/network/?q={asked}", "/comments/moderators/",
            f"/comments/threads/{self.story.pk}/", "/comments/house/musashi/",
            "/snippets/mastheads/masthead/", "/reports/site-history/", "/users/",
            f"/{asked}/", "/mailbox/",
        ]  # fmt: skip
        host, odd = (
            "musashi.localhost",
            quote("/world/<svg onload=ran()>/'\"--><script>ran()</script>"),
        )
        self.world.site["own"] += [
            (host, "/account/comments/"), (host, "/account/"), (host, self.notice),
            (host, f"/notices/?address={asked}"), (host, odd), (host, f"/own/?page={asked}"),
            (host, f"{path_of(self.story)}/comments/?order={asked}&said={asked}&after={asked}"),
            (host, f"{path_of(killed)}"), (host, "/new.json"), ("localhost", "/"),
            *((ACCOUNT, path) for path in (
                "/", "/name/", "/log-ins/", "/email/", "/connections/", "/your-data/", "/mailbox/",
                f"/alerts/?token={asked}", f"/login/?next={asked}", odd,
            )),
        ]  # fmt: skip
        self.world.cookies[host] = a_session(self.author, "musashi")
        self.world.cookies[ACCOUNT] = a_session(self.author, ":account")
        self._answers()

    def _answers(self):
        """What forms answer to hostile words that they refuse, with those words in it."""
        talker = Talker("Rin")
        talker.person.display_name = ATTACK
        talker.person.save()
        at, words = f"{path_of(self.story)}/comments/", f"</textarea>{ATTACK}</title>{ATTACK}" * 150
        self._keep("musashi.localhost", at, talker.send(at, on=at, text=words))
        fields = dict.fromkeys(("address", "kind", "reasons", "name", "email"), f'">{words[:900]}')
        answer = talker.send("/notices/", on="/notices/", **fields)
        self._keep("musashi.localhost", "/notices/", answer)
        wrong = dict.fromkeys(("login", "email", "password1"), f'">{ATTACK}')
        fit = {"email": '"<svg/onload=ran()>"@new.example', "password1": "ferry-7-boats"}
        for path in ANSWERED:
            browser = Client(headers={"host": ACCOUNT, "user-agent": ATTACK})
            self._keep(ACCOUNT, path, browser.post(path, wrong))
            browser.post(path, fit)  # a letter leaves
        browser.cookies[settings.SESSION_COOKIE_NAME] = a_session(talker.person, ":account")
        self._keep(ACCOUNT, "/name/", browser.post("/name/", {"name": f'">{ATTACK}'}))
        desk = Client(headers={"host": "desk.localhost"})
        desk.cookies[settings.SESSION_COOKIE_NAME] = self.world.cookies["desk.localhost"]
        words = f"</textarea>{ATTACK}" * 20
        answer = desk.post("/comments/words/network/", {"lines": words, "kind": "suspect"})
        self._keep("desk.localhost", "/comments/words/network/", answer)
        who = f"/comments/people/{self.author.pk}/"
        answer = desk.post(who, {"verb": "warned", "where": words, "reason": words, "days": words})
        self._keep("desk.localhost", who, answer)

    def _keep(self, host, path, answer):
        assert answer.status_code in {200, 422}, (path, answer.status_code)
        self.world.shown.append((host, path, answer.content.decode()))


def _set_apart(text):
    """A text in the blocks that hold words and no markup, and in one that holds some."""
    return (
        ("heading", text[:250]),
        ("quote", {"text": text, "speaker": text[:160]}),
        ("factbox", {"title": text[:120], "text": RichText(text)}),
    )
