"""Tasks that tests queue."""

from django_tasks import task

RAN = []


@task
def note(word):
    RAN.append(word)


@task
def fail_once():
    raise RuntimeError("no relay")


@task
def fail_but_may_be_repeated():
    raise RuntimeError("no relay")


fail_but_may_be_repeated.func.idempotent = True
