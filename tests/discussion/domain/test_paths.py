"""Paths: what stands above, how deep, and the branch a reply hangs on."""

from hypothesis import given
from hypothesis import strategies as st

from dateline.discussion.domain import paths


@given(st.lists(st.integers(1, 2**32 - 1), min_size=1, max_size=16), st.integers(1, 2**32 - 1))
def test_a_path_tells_its_numbers_and_its_branch_is_never_too_deep(numbers, reply):
    path = b""
    for number in numbers:
        path = paths.path_of(path, number)

    below = paths.path_of(paths.branch(path), reply)

    assert paths.numbers(path) == numbers
    assert paths.ancestors(path) == numbers[:-1]
    assert paths.depth_of(path) == len(numbers) - 1
    assert paths.numbers(below) == [*numbers[: paths.DEEPEST], reply]
    assert paths.depth_of(below) <= paths.DEEPEST
