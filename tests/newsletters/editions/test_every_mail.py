"""Every kind of mail that has two parts, as it goes over the wire: headers, parts, its HTML.

What else any test sends is held to the same rules by the fixture `valid_mail`; that has no HTML.
"""

import re
import shutil
import subprocess
from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from django.core import mail

from dateline.accounts.models import Membership
from dateline.discussion.domain.answers import Pace
from dateline.discussion.services import answer_mails, answers
from dateline.mail.domain.copies import cut, read
from dateline.newsletters.domain.editions import BlockKind
from dateline.newsletters.queries import audiences, letters
from dateline.newsletters.services import asking, choosing
from dateline.newsletters.services import letters as single
from dateline.newsletters.services.recipes import BlockTerms
from dateline.outbox import services as outbox
from tests.factories.discussion import a_comment, a_reader, house
from tests.factories.editions import SIX, a_letter_editor, a_recipe, an_edition
from tests.factories.newsletters import TOLD, a_list, a_subscriber
from tests.factories.newsroom import a_masthead, a_story
from tests.factories.pictures import a_picture
from tests.journeys.network import ROOT
from tests.mail_rules import faults

pytestmark = pytest.mark.django_db

VNU = ROOT / "node_modules/vnu-jar/build/dist/vnu.jar"
HOUR = timedelta(hours=1)
VALUES = {
    "address": "ana@example.test", "date": "Thu, 19 Nov 2026 22:00:00 +0000",
    "message_id": "m1.1@musashi.example", "token:newsletters.out": "a-1",
    "token:newsletters.choose": "b-2",
}  # fmt: skip
JAPANESE = "北の海峡で霧が濃くなり、三つの港が夜明けまで閉鎖された。連絡船は午後に再開する見込み"
# What older mail programs need, Outlook first, and no browser minds; nothing else is forgiven.
FORGIVEN = re.compile(
    r"The “\w+” attribute on the “\w+” element is obsolete\."
    r"|Attribute “xmlns:[vo]” not allowed here\."
    r"|CSS: “mso-table-[lr]space”: Property “mso-table-[lr]space” doesn't exist\."
    r"|Bad value “auto” for attribute “height” on element “img”"
)


def over_the_wire(one):
    return read(cut(one)).joined(VALUES)


def sent():
    while outbox.deliver_due():
        pass
    return [one.message().as_bytes(linesep="\r\n") for one in mail.outbox]


def please_confirm(site, morning):
    asking.ask("ana@example.test", site=site, slugs=[morning.slug], told=TOLD, at=SIX)
    return sent()


def welcome(site, morning):
    single.welcome(morning.pk, a_subscriber(morning).pk, None, at=SIX)
    return sent()


def another_address(site, morning):
    who = a_subscriber(morning)
    choosing.ask_move(who.pk, "mio@example.test", site=site, told=TOLD, at=SIX)
    return sent()


def answer(site, morning):
    house(morning.masthead, seconds_between=0, most_in_minute=0)
    rin, story = a_reader("Rin Abe"), a_story("霧 <港> & ferry", at=SIX - HOUR)
    Membership.objects.create(user=rin, masthead=morning.masthead, joined_at=SIX, shown="")
    answers.choose_pace(rin.pk, Pace.SOON, at=SIX)
    first = a_comment(story, morning.masthead, "Late again.", author=rin)
    a_comment(story, morning.masthead, "はい、いつも <b>です</b>。", answers_id=first.pk)
    sent()
    answer_mails.send_due(at=SIX + 24 * HOUR)
    return sent()


def edition(site, morning):
    a_story(
        "Ferry <returns> & “stays”", at=SIX - HOUR, lead_picture=a_picture(), standfirst="It did."
    )
    a_recipe(
        morning,
        BlockTerms(kind=BlockKind.TEXT, text="Good morning.\n\nMore at https://press.example/."),
        BlockTerms(kind=BlockKind.SECTION, count=3),
    )
    return drawn(an_edition(morning))


def edition_in_japanese(site, morning):
    asa = a_masthead("fukurou", language="ja", sections=("world",), name="武蔵日報")
    for text in (JAPANESE, "港が再び開く"):
        a_story(text, on=("fukurou",), language="ja", at=SIX - HOUR, standfirst=JAPANESE * 3)
    told = {"slug": "asa", "language": "ja", "name": "朝の便り", "sender_name": "武蔵日報 編集部"}
    letter = a_list(asa, **told)
    a_recipe(letter, by=a_letter_editor(asa, "Sora Ito"))
    return drawn(an_edition(letter))


def drawn(row):
    made = letters.drawn(row, audiences.variants_of(row), at=SIX)
    return [over_the_wire(one) for one in made.values()]


KINDS = [please_confirm, welcome, another_address, answer, edition, edition_in_japanese]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__.replace("_", " "))
def test_it_is_a_mail_as_the_standards_want_it_and_valid_html(kind, site, morning, tmp_path):
    mails = kind(site, morning)
    assert mails
    for number, raw in enumerate(mails):
        assert faults(raw) == []
        whole = message_from_bytes(raw, policy=policy.default)
        html = whole.get_body(("html",)).get_content()
        (tmp_path / f"{number}.html").write_text(html)
    assert found_by_vnu(tmp_path) == []


def found_by_vnu(folder):
    if not (VNU.exists() and shutil.which("java")):
        pytest.skip("vnu-jar or java is not here: run `npm ci`, install default-jre-headless")
    files = [str(path) for path in sorted(folder.glob("*.html"))]
    judged = subprocess.run(
        ["java", "-jar", str(VNU), *files],
        capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    return [line for line in judged.stderr.splitlines() if not FORGIVEN.search(line)]
