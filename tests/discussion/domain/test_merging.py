"""A page of the past is what a copy of the past would have shown."""

from hypothesis import given
from hypothesis import strategies as st

from dateline.discussion.domain.merging import Place, page

RANKS = st.dictionaries(st.integers(1, 40), st.binary(min_size=2, max_size=2), min_size=1)


@given(RANKS, st.sets(st.integers(1, 40)), st.binary(max_size=2), st.integers(1, 9), st.data())
def test_what_moved_is_where_it_was(then, movers, key, size, data):
    """`then` ranks all; some have moved since, some of those in the middle of our questions."""
    moved = {pk: rank for pk, rank in then.items() if pk in movers}
    in_between = data.draw(st.sets(st.sampled_from(sorted(then))))
    standing = [
        Place(pk, rank)
        for pk, rank in then.items()
        if rank > key and (pk not in moved or pk in in_between)
    ]
    standing = sorted(standing, key=lambda place: place.rank)[:size]
    late = [Place(pk, b"\xff\xff\xff", 3) for pk, rank in moved.items() if rank > key]

    found = page(standing, moved, late, size=size)

    ranks = sorted(rank for rank in then.values() if rank > key)[:size]
    assert [place.rank for place in found] == ranks
    assert len({place.id for place in found}) == len(found)
    assert all(then[place.id] == place.rank for place in found)
