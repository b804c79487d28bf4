"""A masthead that changed reaches its own pages, and others only where they name it."""

import pytest
from django.db import transaction
from django.urls import reverse

from dateline.edge import keys
from dateline.mastheads import models
from dateline.mastheads.services import (
    delete_masthead,
    delete_section,
    save_masthead,
    save_section,
)
from tests.bulk import delete_many
from tests.edge_watch import purged
from tests.factories.newsroom import a_masthead, an_editor
from tests.stories.newspaper import facts

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("change", "others"),
    [
        ({"name": "The Musashi"}, True), ({"tagline": "Daily"}, True), ({"place": 7}, True),
        ({"host": "other.localhost"}, True), ({"accent": "#8a1f1f"}, False),
        ({"about": "Since 1901."}, False), ({"time_zone": "UTC"}, False),
    ],
)  # fmt: skip
def test_other_titles_follow_only_what_they_show(daily, commits, change, others):
    for field, value in change.items():
        setattr(daily, field, value)

    with purged(commits) as tags:
        save_masthead(daily, by="Ana")

    wanted = {keys.chrome(daily.pk)} | ({keys.network()} if others else set())
    assert tags == {(tag, "HARD") for tag in wanted}


def test_a_new_title_is_named_by_all(daily, commits):
    with purged(commits) as tags:
        kinako = a_masthead("kinako", sections=())

    assert tags == {(keys.chrome(kinako.pk), "HARD"), (keys.network(), "HARD")}


def test_a_section_is_its_own_title_s_affair(daily, commits):
    section = daily.sections.first()
    section.name = "Abroad"

    with purged(commits) as tags:
        save_section(section, by="Ana")

    assert tags == {(keys.chrome(daily.pk), "HARD")}


def test_what_is_deleted_in_the_desk_leaves_the_menus(daily, client, commits):
    client.force_login(an_editor())
    section, title = daily.sections.first(), a_masthead("kinako", sections=())

    with purged(commits) as tags:
        delete(client, "section", section.pk)
        delete(client, "masthead", title.pk)

    assert {(keys.chrome(daily.pk), "HARD"), (keys.network(), "HARD")} <= tags
    assert not models.Section.objects.filter(pk=section.pk).exists()


def test_what_is_deleted_together_leaves_the_menus(daily, client, commits):
    client.force_login(an_editor())
    sections = set(daily.sections.filter(children=None).values_list("pk", flat=True)[:2])
    kinako = a_masthead("kinako", sections=())

    with purged(commits) as tags:
        delete_many(client, "mastheads/section", sections)
    with purged(commits) as titles:
        delete_many(client, "mastheads/masthead", {kinako.pk})

    assert tags == {(keys.chrome(daily.pk), "HARD")}
    assert titles == {(keys.chrome(kinako.pk), "HARD"), (keys.network(), "HARD")}
    assert not models.Section.objects.filter(pk__in=sections).exists()
    assert {fact["by"] for fact in facts("masthead.changed")} >= {"Ana Mori"}


@pytest.mark.parametrize("what", ["masthead", "section"])
def test_a_deletion_is_a_fact_of_the_same_transaction(daily, what):
    row = daily if what == "masthead" else daily.sections.filter(children=None).first()
    known = len(facts("masthead.changed"))

    with transaction.atomic():
        {"masthead": delete_masthead, "section": delete_section}[what](row.pk, by="Ana")
        assert not type(row).objects.filter(pk=row.pk).exists()
        told = facts("masthead.changed")[-1]
        transaction.set_rollback(True)

    assert (told["masthead_id"], told["titles"]) == (daily.pk, what == "masthead")
    assert type(row).objects.filter(pk=row.pk).exists()
    assert len(facts("masthead.changed")) == known


def delete(client, model, pk):
    address = reverse(f"wagtailsnippets_mastheads_{model}:delete", args=[pk])
    assert client.post(address, headers={"host": "desk.localhost"}).status_code == 302


@pytest.fixture
def daily():
    return a_masthead()


@pytest.fixture
def commits(django_capture_on_commit_callbacks):
    return django_capture_on_commit_callbacks
