"""Names and addresses that are out to break something: kept clean, refused with words, or as typed."""

import contextlib
import json

import pytest
from django.core import mail
from hypothesis import given
from hypothesis import strategies as st

from dateline import clock
from dateline.mail.domain.addresses import AddressRefused, normalised
from dateline.newsletters import models
from dateline.newsletters.domain.names import LONGEST_NAME, clean_name
from dateline.newsletters.queries.subscribers import known
from dateline.newsletters.services import asking, choosing, importing
from dateline.newsletters.services.choosing import Chosen
from tests.factories.newsletters import TOLD, a_subscriber
from tests.factories.people import an_editor_of_the_desk

pytestmark = pytest.mark.django_db
# What a folder of real hostile input holds, made small: controls, directions, formulas, markup,
# headers, half characters, long and empty ones, names that are not Latin.
TWINS = [
    "", " ", "\0", "a\0b@example.test", "\r\nBcc: all@example.test", "ana@example.test\r\nX: y",
    "\u202egnp.exe", "\ufeff", "<script>alert(1)</script>", "' OR 1=1 --", "=cmd|' /C calc'!A0",
    "ana@exa mple.test", "ana@@example.test", "@", "ana@", "@example.test", "ana@-example.test",
    "Ana <ana@example.test>", '"a b"@example.test', "ana@[127.0.0.1]", "ana@bücher.example",
    "アナ@example.test", "ana@例え.テスト", "a" * 65 + "@example.test", "ana@" + "x" * 250 + ".test",
    "ana@example.test,ben@example.test", "ana@example..test", "𝕬𝖓𝖆", "Z͑ͫ̓ͪ̂ͫ̽", "👩‍👩‍👧‍👦", "\ud800", "{{7*7}}", "${jndi:x}",
    "%n%n%n", "../../etc/passwd", "نص عربي", "x" * 100_000,
]  # fmt: skip


def try_as_address(text, site):
    """Sign up with it, and let its mail leave; whether it was taken."""
    try:
        return asking.ask(text, site=site, slugs=["morning"], told=TOLD, at=clock.now())
    except AddressRefused:
        return ""


def be_called(who, text, site):
    chosen = Chosen(lists=["morning"], shown=["morning"], name=text, language="", time_zone=text)
    choosing.choose(who.pk, chosen, site=site, told=TOLD, at=clock.now())
    return known(who.pk).name


def judge(texts, site, morning, told):
    who = a_subscriber(morning)
    for text in texts:
        taken = try_as_address(text, site)
        assert taken == taken.strip()
        assert taken.count("@") == (1 if taken else 0)
        name = be_called(who, text, site)
        assert len(name) <= LONGEST_NAME
        assert name.isprintable() or any(mark in name for mark in "\u200c\u200d")
    told()
    for letter in mail.outbox:
        assert len(letter.to) == 1
        assert "\n" not in letter.subject
        assert letter.message().as_bytes()


def test_every_twin_is_kept_clean_or_refused(site, morning, told):
    judge(TWINS, site, morning, told)


def test_every_twin_as_a_line_of_a_file_holds_up_no_other(morning):
    ed = an_editor_of_the_desk()
    lines = [text.encode(errors="surrogatepass") for text in TWINS]
    data = b"email,name\n" + b"\n".join([*lines, b"good@example.test,Good"])
    number = importing.begin(
        morning.pk, [data], name="f.csv", stated="At the reader fair in Minasato.",
        consented_at=clock.now(), by=ed.pk,
    )  # fmt: skip
    while importing.run_due():
        pass

    assert models.ListImport.objects.get(pk=number).state == "done"
    assert models.Subscriber.objects.filter(key="good@example.test").exists()


@pytest.mark.samples
def test_every_real_one_is_kept_clean_or_refused(samples, site, morning, told):
    folder = samples / "badinput"
    judge(json.loads((folder / "blns.json").read_text()), site, morning, told)
    for path in folder.rglob("*.json"):
        for text in strings_in(json.loads(path.read_text())):
            assert len(clean_name(text)) <= LONGEST_NAME
            with contextlib.suppress(AddressRefused):
                assert normalised(text).count("@") == 1


def strings_in(value):
    if isinstance(value, str):
        return [value]
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else []
    return [text for one in inside for text in strings_in(one)]


@given(st.text(max_size=300))
def test_a_clean_name_is_clean_already(text):
    name = clean_name(text)

    assert clean_name(name) == name
    assert len(name) <= LONGEST_NAME
