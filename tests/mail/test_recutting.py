"""A mailing that is cut anew on its way: whoever has not got it gets the new text, each once."""

from dataclasses import replace

import pytest

from dateline.mail import models
from dateline.mail.services import recutting
from tests.mail.begun import LETTER, SEVEN, counts, send
from tests.mail.servers import server
from tests.mail.test_outgoing import decided_while_sending

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("own_folder")]


def test_whoever_has_not_got_it_gets_the_new_text_once(settings):
    new = replace(LETTER, text="The story was killed.")
    mailing, receiver, late = decided_while_sending(
        settings,
        lambda: recutting.recut(models.Mailing.objects.get().pk, [new], at=SEVEN),
    )

    assert len(late) <= 2  # what was on its way in each connection
    with server(settings) as second:
        send()

    assert counts(mailing) == {"sent": 400}
    both = [*receiver.readers(), *second.readers()]
    assert len(both) == len(set(both)) == 400
    assert len(second.taken) > 300
    assert all(b"The story was killed." in raw for _, raw in second.taken)
    assert not any(b"The story was killed." in raw for _, raw in receiver.taken[:20])
