"""What the desk is told of letters: exact numbers, beside the one before, for their makers only."""

import csv
import io
from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.core.cache import cache
from django.db.models import Q
from django.urls import reverse
from lxml import html
from wagtail.users.models import UserProfile

from dateline.mail import models as mail_models
from dateline.mail.domain.refusals import Refusal
from dateline.mail.queries.links import token_for
from dateline.newsletters import models
from dateline.newsletters.domain.consent import Told
from dateline.newsletters.domain.editions import content_of
from dateline.newsletters.domain.figure_words import (
    ENGLISH_WORDS,
    JAPANESE_WORDS,
    figure_words_for,
)
from dateline.newsletters.domain.links import OUT
from dateline.newsletters.queries import figures
from dateline.newsletters.services import ending
from dateline.trending.models import Curator
from tests.desk.conftest import client_for
from tests.factories.discussion import a_reader
from tests.factories.editions import SIX, a_letter_editor, a_sent_edition, an_edition, the_link
from tests.factories.newsletters import a_list
from tests.factories.newsroom import a_masthead, a_story
from tests.factories.trending import a_curator
from tests.factories.web import every, one, words_of

ANA, BEN, CHO = "ana@example.test", "ben@example.test", "cho@example.test"
HOUR = timedelta(hours=1)
TOLD = Told(shown="Leave", where="http://musashi.localhost/newsletters/out/", ip="203.0.113.7")

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_remembered():
    yield
    cache.clear()


def enter(person):
    person.user_permissions.add(
        Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
    )
    return client_for(person)


@pytest.fixture
def desk(nao):
    return enter(nao)


@pytest.fixture
def sent(letter, stories, nao):
    return a_sent_edition(letter, by=nao, readers=(ANA, BEN, CHO))


@pytest.fixture
def later(sent, letter, nao):
    a_story("Ferry number 6", at=SIX + HOUR)
    return a_sent_edition(letter, by=nao, at=SIX + 24 * HOUR)


def page(answer, status=200):
    assert answer.status_code == status, answer.content[:600]
    return html.document_fromstring(answer.content)


def count(link, hours=0, **sums):
    told = {"clicks": 0, "people": 0, "firsts": 0, "machines": 0, **sums}
    return models.LinkCount.objects.create(link=link, hour=SIX + hours * HOUR, **told)


def first_link(edition, number=0):
    return the_link(edition, content_of(edition.content).items[number].path)


def leave(edition, address):
    who = models.Subscriber.objects.get(key=address)
    ending.end_by_link(token_for(OUT, who.pk, edition.mailing_id), told=TOLD, at=SIX + HOUR)


def line(shown, name):
    """Both numbers of a line of the comparison."""
    for row in shown.cssselect(".letter-compared tbody tr"):
        if words_of(row.cssselect("th")[0]) == name:
            return [words_of(cell) for cell in row.cssselect("td")]
    raise AssertionError(name)


def test_a_letter_that_has_not_left_says_so(desk, edition):
    shown = page(desk.get(f"/letters/{edition.pk}/figures/"))
    assert ENGLISH_WORDS["not_left"] in words_of(shown)
    assert not shown.cssselect(".letter-tabs a[href$='/figures/']")
    assert figures.of_edition(edition) is None


def test_a_letter_shows_who_got_it_what_was_followed_and_who_left(desk, sent):
    link, other = first_link(sent), first_link(sent, 1)
    count(link, clicks=3, people=2, firsts=2, machines=1)
    count(link, 2, clicks=1)
    count(other, 2, clicks=1, people=1)
    count(sent.links.get(kind="hidden"), machines=2)
    leave(sent, ANA)

    shown = page(desk.get(f"/letters/{sent.pk}/figures/"))
    assert line(shown, "Taken on by the mail server") == ["3"]
    assert line(shown, "Delivered") == ["not told"]
    assert line(shown, "Readers who followed a link") == ["2"]
    assert line(shown, "Clicks by readers") == ["5"]
    assert line(shown, "Clicks by machines") == ["3"]
    assert line(shown, "Left the list by this letter") == ["1"]
    assert every(shown, ".letter-figures dd") == ["3", "2", "66.7", "1"]
    rows = [[words_of(cell) for cell in row] for row in shown.cssselect(".letter-links tbody tr")]
    assert rows[0] == [link.told, "", "2", "4", "1"]
    assert rows[1][2:] == ["1", "1", "0"]
    assert not any("hidden" in " ".join(row) for row in rows)
    assert "2 of the clicks by machines were on the link that no reader sees." in words_of(shown)
    assert every(shown, ".letter-hours tbody td") == ["3", "2"]
    assert one(shown, ".letter-tabs a[aria-current]") == "Figures"


def test_without_a_click_it_says_when_one_would_show(desk, sent):
    shown = words_of(page(desk.get(f"/letters/{sent.pk}/figures/")))
    assert "Nobody has followed a link yet." in shown
    assert "Clicks by readers, by hour" not in shown
    models.EditionLink.objects.all().delete()
    shown = words_of(page(desk.get(f"/letters/{sent.pk}/figures/")))
    assert "it left before links were" in shown


def test_a_letter_stands_beside_the_one_before(desk, sent, later):
    count(first_link(sent), clicks=7, people=3, firsts=3)
    leave(later, BEN)
    shown = page(desk.get(f"/letters/{later.pk}/figures/"))
    assert line(shown, "Clicks by readers") == ["0", "7"]
    assert line(shown, "Left the list by this letter") == ["1", "0"]
    assert one(shown, ".letter-compared thead a") == "No. 1, the one before"


def test_mails_that_were_refused_are_told_by_reason(desk, sent):
    told = ["550 5.1.1 No such user a", "550 5.1.1 No such user b", "552 5.2.2 Over quota"]
    for entry, answer in zip(mail_models.Entry.objects.order_by("pk"), told, strict=True):
        mail_models.Entry.objects.filter(pk=entry.pk).update(fate="refused", told=answer)
    mail_models.Stretch.objects.update(sent=0, refused=3)
    found = figures.of_edition(sent)
    assert found.refusals == {Refusal.NOBODY: 2, Refusal.FULL: 1}
    assert found.now.click_rate is None
    shown = page(desk.get(f"/letters/{sent.pk}/figures/"))
    assert line(shown, "No such mailbox") == ["2"]
    assert line(shown, "Mailbox full") == ["1"]
    assert every(shown, ".letter-figures dd")[2] == "–"


def test_what_a_route_tells_later_is_believed(desk, sent):
    assert figures.of_edition(sent).now.mail.delivered is None  # by plain SMTP nobody tells
    first, second, *_ = mail_models.Entry.objects.order_by("pk")
    told = mail_models.Entry.objects
    told.filter(pk__in=[first.pk, second.pk]).update(delivered_at=SIX)
    told.filter(pk=second.pk).update(bounced_at=SIX, complained_at=SIX)
    count(first_link(sent), clicks=1, people=1, firsts=1)
    shown = page(desk.get(f"/letters/{sent.pk}/figures/"))

    assert [line(shown, name) for name in ("Delivered", "Came back later", "Called spam")] == [
        ["2"], ["1"], ["1"],
    ]  # fmt: skip
    assert every(shown, ".letter-figures dd")[2] == "33.3"


def test_a_lists_letters_stand_side_by_side(desk, sent, later, letter):
    count(first_link(sent), clicks=2, people=2, firsts=2)
    shown = page(desk.get("/letters/lists/morning/figures/"))
    rows = [[words_of(cell) for cell in row] for row in shown.cssselect(".letter-table tbody tr")]
    assert [row[1] for row in rows] == ["2", "1"]
    assert rows[1][3:] == ["3", "0", "2", "66.7", "0", "0"]
    assert one(shown, ".letter-figures dd") == "3"
    assert "/letters/lists/morning/figures/" in every_link(page(desk.get("/letters/")))


def every_link(shown):
    return [a.get("href") for a in shown.cssselect("a")]


def test_a_list_without_letters_says_so(desk, letter):
    shown = page(desk.get("/letters/lists/morning/figures/"))
    assert ENGLISH_WORDS["no_letters"] in words_of(shown)


def rows_of(answer):
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def test_both_go_into_tables(desk, sent):
    models.EditionLink.objects.filter(kind="story").update(told="=1+1")
    count(first_link(sent), clicks=2, people=1, firsts=1, machines=4)
    head, first, *_ = rows_of(desk.get(f"/letters/{sent.pk}/links.csv"))
    assert head == ["kind", "headline", "address", "people", "clicks", "machines"]
    assert (first[1], first[3:]) == ("'=1+1", ["1", "2", "4"])
    head, line = rows_of(desk.get("/letters/lists/morning/figures.csv"))
    told = dict(zip(head, line, strict=True))
    assert (told["sent"], told["refused"], told["people"]) == ("3", "0", "1")
    assert told["public_at"] == "2026-11-19T21:00:00+00:00"


def test_a_lists_figures_cost_as_many_queries_for_two_letters_as_for_one(
    letter, sent, later, django_assert_num_queries
):
    with django_assert_num_queries(4):
        assert len(figures.of_list(letter)) == 2
    (alone,) = models.Edition.objects.select_related("newsletter").filter(pk=sent.pk)
    with django_assert_num_queries(3):
        figures.summaries([alone])
    assert figures.summaries([]) == []


PATHS = ("/letters/{pk}/figures/", "/letters/{pk}/links.csv", "/letters/lists/morning/figures/",
         "/letters/lists/morning/figures.csv")  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
def test_only_who_makes_the_titles_letters_sees_them(sent, path):
    stranger = enter(a_reader("Somebody at the desk"))
    elsewhere = enter(a_letter_editor(a_masthead("kinako", place=2), name="Elsewhere"))
    assert stranger.get(path.format(pk=sent.pk)).status_code in {302, 403}
    assert elsewhere.get(path.format(pk=sent.pk)).status_code == 404
    assert enter(a_letter_editor(None, name="All")).get(path.format(pk=sent.pk)).status_code == 200


def test_a_letter_of_the_archive_alone_left_nobody_by_a_link(letter, stories):
    row = an_edition(letter)
    assert figures.summaries([row])[0].left == 0
    row.public_at = SIX
    assert figures.summaries([row])[0].left == 0
    row.public_at = None
    assert figures._hours(row) == []


def test_leaving_twice_or_by_another_way_is_not_this_letters(sent, morning):
    leave(sent, ANA)
    leave(sent, ANA)
    who = models.Subscriber.objects.get(key=BEN)
    ending.leave_all(who, told=TOLD, at=SIX + HOUR)
    assert figures.summaries([sent])[0].left == 1


def test_a_storys_letters_are_those_of_lists_of_theirs(sent, later, masthead):
    item = content_of(sent.content).items[0]
    count(first_link(sent), clicks=4, people=2, firsts=2, machines=1)
    own = figures.of_story(item.story_id, Q(pk=sent.newsletter_id))
    assert [(row.edition, row.people, row.clicks, row.machines) for row in own] == [(sent, 2, 4, 1)]
    assert figures.of_story(item.story_id, Q(pk=a_list(slug="other").pk)) == []


def story_screen(person, story_id):
    address = reverse("trending_desk:story", args=["musashi", story_id])
    return page(enter(person).get(address))


def test_a_storys_screen_says_in_which_letters_it_went(sent, nao, masthead):
    item = content_of(sent.content).items[0]
    count(first_link(sent), clicks=4, people=2, firsts=2, machines=1)
    Curator.objects.create(user=nao, masthead=masthead)
    shown = story_screen(nao, item.story_id)
    (section,) = shown.cssselect("[aria-labelledby='in-letters-title']")
    assert f"/letters/{sent.pk}/figures/" in every_link(section)
    assert [words_of(cell) for cell in section.cssselect("td")] == ["2", "4", "1"]

    other = a_story("Stood in no letter", at=SIX)
    assert ENGLISH_WORDS["not_in_letters"] in words_of(story_screen(nao, other.pk))


def test_who_makes_no_letters_finds_nothing_of_them_there(sent, masthead):
    item = content_of(sent.content).items[0]
    shown = story_screen(a_curator(masthead), item.story_id)
    assert not shown.cssselect("#in-letters-title")
    kinako = a_masthead("kinako", place=2)
    both = a_letter_editor(kinako, name="Both")
    Curator.objects.create(user=both, masthead=masthead)
    assert ENGLISH_WORDS["not_in_letters"] in words_of(story_screen(both, item.story_id))


def test_the_words_are_the_same_in_both_languages():
    assert set(ENGLISH_WORDS) == set(JAPANESE_WORDS)
    assert figure_words_for("ja") is JAPANESE_WORDS
    for refusal in Refusal:
        assert f"refusal_{refusal}" in ENGLISH_WORDS


def test_a_japanese_desk_reads_it_in_japanese(desk, nao, sent):
    UserProfile.get_for_user(nao).delete()
    UserProfile.objects.create(user=nao, preferred_language="ja")
    shown = page(desk.get(f"/letters/{sent.pk}/figures/"))
    assert JAPANESE_WORDS["links"] in every(shown, "h2")
