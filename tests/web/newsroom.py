"""A newsroom that does anything at any time: every verb that changes what readers see."""

from contextlib import suppress
from datetime import timedelta

from dateline import clock
from dateline.mastheads import models as masthead_models
from dateline.mastheads.services import save_masthead, save_section
from dateline.media import models as media_models
from dateline.media import services as media
from dateline.outbox import services as outbox
from dateline.stories import models
from dateline.stories.domain.errors import AlreadyKilled, NotKilled, NotPublic, StoryRefused
from dateline.stories.services import agency_terms, kills, publishing
from dateline.stories.services.drafting import save_person, save_topic
from dateline.stories.services.subjects import delete_topic
from dateline.wire import models as wire_models
from dateline.wire.services.providers import save_provider
from tests.factories.newsroom import a_draft, a_masthead
from tests.factories.pictures import a_picture
from tests.factories.wire import a_wire_item

TITLES = ("musashi", "kinako")
SECTIONS = ("world", "politics")
BY = "the newsroom"
REFUSED = (AlreadyKilled, NotKilled, NotPublic, StoryRefused)


class Newsroom:
    """Does one thing after another; `choice`, a Random, decides to what."""

    def __init__(self, choice):
        self.choice = choice
        self.stories = []
        self.count = 0

    def lay_out(self):
        """Two titles with a little of everything."""
        for title in TITLES:
            a_masthead(title, sections=SECTIONS)
        save_person(slug="hana", name="Hana Kurosawa")
        save_topic(slug="ferries", name="Ferries")
        self.provider = wire_models.Provider(slug="kna", name="KNA")
        save_provider(self.provider, by=BY)
        for _ in range(4):
            self.publish()

    def any_story(self):
        return self.choice.choice(self.stories)

    def live(self):
        """A story readers may see, as its row is now; refused where there is none."""
        found = models.Story.objects.filter(live=True, pk__in=self.stories).order_by("pk")
        if not found:
            raise NotPublic("There is no public story.")
        return self.choice.choice(list(found))

    def moment(self):
        return clock.now() + timedelta(minutes=self.choice.choice([3, 40, 300]))

    def do(self, verb):
        """One verb; what the newsroom refuses changes nothing."""
        with suppress(*REFUSED):
            getattr(self, verb)()

    def publish(self):
        self.count += 1
        word = f"Canary{self.count}"
        item = a_wire_item(self.provider, family=f"urn:kna:story:{self.count}")
        titles = TITLES[: self.choice.choice([1, 2])]
        draft = a_draft(
            f"{word} sails", on=titles, section=self.choice.choice(SECTIONS),
            standfirst=f"About {word}.", people=self.choice.choice([(), ("hana",)]),
            lead_picture=self.choice.choice([None, a_picture(f"{word}")]),
            provider_id=self.provider.pk, wire_item_id=item.pk, wire_family=item.family,
            kind=self.choice.choice(["wire", "opinion"]),
        )  # fmt: skip
        draft.topics.set(models.Topic.objects.all())
        draft.save()
        draft.save_revision()
        self.stories.append(draft.pk)
        publishing.publish_story(draft.pk, by=BY)

    def change_headline(self):
        story = self.live()
        self.count += 1
        words = f"{story.headline.split()[0]} sails {self.count}"
        publishing.update_story(story.pk, changes={"headline": words}, by=BY)

    def change_body(self):
        self.count += 1
        body = [("text", f"<p>Text {self.count}.</p>")]
        publishing.update_story(self.live().pk, changes={"body": body}, by=BY)

    def change_picture(self):
        self.count += 1
        changes = {"lead_picture": a_picture(f"another {self.count}")}
        publishing.update_story(self.live().pk, changes=changes, by=BY)

    def correct(self):
        self.count += 1
        publishing.correct_story(
            self.live().pk, kind="correction", text=f"Wrong {self.count}.", by=BY
        )

    def end_rights(self):
        publishing.update_story(self.live().pk, changes={"rights_until": self.moment()}, by=BY)

    def set_expiry(self):
        publishing.update_story(self.live().pk, changes={"expire_at": self.moment()}, by=BY)

    def narrow_licence(self):
        terms = self.choice.choice([
            {"licensed_mastheads": ("musashi",)}, {"licensed_uses": ("web",)},
            {"licensed_mastheads": (), "licensed_uses": ()},
        ])  # fmt: skip
        publishing.update_story(self.live().pk, changes=terms, by=BY)

    def move(self):
        story = self.live()
        title = self.choice.choice(TITLES)
        section = masthead_models.Section.objects.get(
            masthead__slug=title, slug=self.choice.choice(SECTIONS)
        )
        self._place(story, title, lambda place: setattr(place, "section", section), section)

    def pin(self):
        rank = self.choice.choice([None, 1, 2])
        self._place(self.live(), "musashi", lambda place: setattr(place, "pinned_rank", rank))

    def take_off_a_title(self):
        story = self.live()
        placements = list(story.placements.all())
        publishing.update_story(story.pk, changes={"placements": placements[:1]}, by=BY)

    def _place(self, story, title, change, section=None):
        placements = list(story.placements.all())
        for place in placements:
            if place.masthead.slug == title:
                change(place)
        if section and title not in {place.masthead.slug for place in placements}:
            placements.append(models.Placement(masthead=section.masthead, section=section))
        publishing.update_story(story.pk, changes={"placements": placements}, by=BY)

    def withdraw(self):
        publishing.withdraw_story(self.live().pk, reason="Doubts.", by=BY)

    def publish_again(self):
        publishing.publish_story(self.any_story(), by=BY)

    def kill(self):
        kills.kill_story(self.live().pk, reason="Wrong.", by=BY)

    def reinstate(self):
        kills.reinstate_story(self.any_story(), by=BY)

    def withhold(self):
        kills.withhold_story(self.live().pk, reason="Doubts.", by=BY)

    def lift_hold(self):
        kills.lift_hold(self.any_story(), by=BY)

    def embargo(self):
        until = self.choice.choice([None, self.moment()])
        publishing.embargo_story(self.any_story(), until=until, by=BY)

    def embargo_by_the_agency(self):
        story = self.live()
        a_wire_item(
            self.provider, family=story.wire_family, version=self.count + 2,
            embargo_until=self.choice.choice([None, self.moment()]),
        )  # fmt: skip
        self.count += 1
        agency_terms.take_terms(story.pk)

    def schedule(self):
        story = self.any_story()
        if models.Story.objects.get(pk=story).killed_at is None:
            publishing.schedule_story(story, go_live_at=self.moment(), by=BY)

    def rename_section(self):
        self.count += 1
        section = self.choice.choice(list(masthead_models.Section.objects.order_by("pk")))
        section.name = f"Section {self.count}"
        save_section(section, by=BY)

    def rename_title(self):
        self.count += 1
        title = masthead_models.Masthead.objects.get(slug=self.choice.choice(TITLES))
        title.name, title.accent = f"Title {self.count}", "#8a1f1f"
        save_masthead(title, by=BY)

    def repaint(self):
        title = masthead_models.Masthead.objects.get(slug=self.choice.choice(TITLES))
        title.look = self.choice.choice(["daily", "magazine", "weekly"])
        title.accent = self.choice.choice(["#b3261e", "#1f4e8a", "#20603a"])
        save_masthead(title, by=BY)

    def rename_people_and_things(self):
        self.count += 1
        save_person(slug="hana", name=f"Hana {self.count}")
        save_topic(slug="ferries", name=f"Ferries {self.count}")
        self.provider.name = f"Agency {self.count}"
        save_provider(self.provider, by=BY)

    def lose_the_topic(self):
        for topic in models.Topic.objects.all():
            delete_topic(topic.pk, by=BY)

    def any_picture(self):
        shown = models.Story.objects.filter(pk__in=self.stories, lead_picture__isnull=False)
        if not shown:
            raise NotPublic("There is no picture.")
        return self.choice.choice(list(shown.order_by("pk"))).lead_picture

    def caption(self):
        self.count += 1
        picture = self.any_picture()
        picture.caption = picture.credit = f"Caption {self.count}"
        self._keep(picture)

    def end_rights_of_a_picture(self):
        picture = self.any_picture()
        picture.usable_until = self.choice.choice([None, self.moment()])
        self._keep(picture)

    def _keep(self, picture):
        picture.save()
        media.note_change(picture, by=BY)

    def kill_picture(self):
        media.kill_picture(self.any_picture().pk, reason="Wrong person.", by=BY)

    def reinstate_picture(self):
        media.reinstate_picture(self.any_picture().pk, by=BY)

    def lose_a_picture(self):
        media_models.Picture.objects.filter(pk=self.any_picture().pk).delete()

    def work(self):
        """What the worker does by itself."""
        publishing.publish_due()
        outbox.deliver_due()


VERBS = sorted(
    name
    for name in vars(Newsroom)
    if not name.startswith("_")
    and name not in {"lay_out", "any_story", "any_picture", "live", "moment", "do"}
)
