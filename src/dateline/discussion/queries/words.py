"""The listed words of a masthead, ready to be looked for."""

from collections import OrderedDict

from django.db.models import Q

from dateline.discussion import models
from dateline.discussion.domain.status import WordKind
from dateline.discussion.domain.words import Listed, WordList

# A list of 100,000 words takes about a second to build. It is kept under the version it was read
# at, which the verb that changes words moves in its own transaction, so it is never stale.
KEPT = 8
_built: OrderedDict[tuple[int, int], WordList] = OrderedDict()


def word_list(masthead_id: int, version: int) -> WordList:
    """The words of one masthead and of the network, as of `version` (House.words_version).

    One query when the version is new to this process, none after it.
    """
    place = (masthead_id, version)
    found = _built.get(place)
    if found is None:
        found = _built[place] = WordList(listed(masthead_id))
        while len(_built) > KEPT:
            _built.popitem(last=False)
    return found


def listed(masthead_id: int | None) -> list[Listed]:
    """The lines that hold on a masthead, its own and the network's; None: the network's alone."""
    rows = models.Word.objects.filter(Q(masthead=None) | Q(masthead_id=masthead_id))
    return [Listed(w, WordKind(k)) for w, k in rows.order_by("pk").values_list("word", "kind")]
