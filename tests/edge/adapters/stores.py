"""Small stores, and what is put into them."""

from dateline.edge.adapters.store import PageStore, Swept
from tests.edge.pages import key_of

KEYS = [key_of(b"/%d/" % number) for number in range(40)]
KEEP_ALL = Swept(0, 0, 0)


def keep(held, tags):
    return False


def body(size):
    return {"gzip": bytes(size)}


def a_store(directory, generation="g"):
    return PageStore.open(directory, size_mb=2, generation=generation)
