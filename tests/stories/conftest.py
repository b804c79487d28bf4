"""An editor at the desk, and the workflow that stories go through.

Fixtures:
  editor             somebody who may do everything
  desk               a browser on the desk's host, signed in as that editor
  two_pairs_of_eyes  a workflow of one step for stories
  kna                an agency, and a title that its stories go to
"""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from wagtail.models import GroupApprovalTask, Workflow, WorkflowContentType, WorkflowTask

from dateline.stories import models
from tests.factories.newsroom import a_masthead, an_editor
from tests.factories.wire import a_provider

DESK = "desk.localhost"


@pytest.fixture
def editor():
    return an_editor()


@pytest.fixture
def desk(client, editor):
    client.defaults["HTTP_HOST"] = DESK
    client.force_login(editor)
    yield client
    cache.clear()  # Wagtail caches which sites there are; those of a test are rolled back


@pytest.fixture
def two_pairs_of_eyes():
    workflow = Workflow.objects.create(name="Two pairs of eyes")
    task = GroupApprovalTask.objects.create(name="Read it")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowContentType.objects.create(
        workflow=workflow, content_type=ContentType.objects.get_for_model(models.Story)
    )
    return workflow


@pytest.fixture
def kna():
    """An agency, and a title that its stories go to."""
    a_masthead()
    return a_provider()
