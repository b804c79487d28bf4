"""What pages tell of offers at a real front: kept, answered with nothing, and no renderer asked."""

import json

import pytest

from dateline.promos.adapters.told import FOLDER, Told
from dateline.promos.domain.said import MOST_BYTES
from dateline.promos.services.telling import open_teller
from tests.factories.promos import BROWSER
from tests.project.front.conftest import ask, wait_until

TOLD = json.dumps([["viewable", "1.2.body.x"]])


@pytest.fixture
def front(front_at, renderer, tmp_path):
    with front_at(teller=open_teller(tmp_path)) as port:
        yield port


def tell(port, body=TOLD, **headers):
    return ask(port, "/p/seen", method="POST", body=body, user_agent=BROWSER, **headers)


def hosts(tmp_path):
    told = Told(tmp_path / FOLDER, clock=lambda: 9e9)
    return [telling.host for segment in told.take() for telling in segment.tellings]


def test_what_a_page_tells_is_kept_and_no_renderer_hears_of_it(front, renderer, tmp_path):
    response, body = tell(front)

    assert (response.status, body) == (204, b"")
    assert response.getheader("cache-control") == "no-store"
    assert hosts(tmp_path) == ["post.localhost"]
    assert renderer.asked == []


def test_a_robot_gets_the_same_answer(front, tmp_path):
    good, bad = tell(front)[0], tell(front, accept="*/*", sec_gpc="1")[0]

    assert [name for name, _ in bad.getheaders()] == [name for name, _ in good.getheaders()]
    assert hosts(tmp_path) == ["post.localhost"]


def test_what_has_no_body_tells_nothing(front, renderer, tmp_path):
    assert ask(front, "/p/seen", method="POST", user_agent=BROWSER)[0].status == 204
    assert (hosts(tmp_path), renderer.asked) == ([], [])


def test_what_is_too_large_is_refused_also_where_it_does_not_say_how_large(
    front, renderer, tmp_path
):
    large = b" " * (MOST_BYTES + 1)

    assert tell(front, large)[0].status == 413
    assert tell(front, iter([large]))[0].status == 413
    assert (hosts(tmp_path), renderer.asked) == ([], [])


def test_what_only_looks_like_it_goes_where_all_else_goes(front, renderer):
    ask(front, "/p/seen")
    ask(front, "/p/seen/", method="POST")

    assert [head.split(b" HTTP")[0] for head, _ in renderer.asked] == [
        b"GET /p/seen", b"POST /p/seen/"
    ]  # fmt: skip


def test_a_front_that_ends_ends_its_file(front_at, renderer, tmp_path):
    teller = open_teller(tmp_path)
    with front_at(teller=teller) as port:
        tell(port)

    wait_until(lambda: teller.told._file < 0)
