"""The demo's places, where the demo network is not there."""

import pytest

from dateline.demo.services import places

pytestmark = pytest.mark.django_db


def test_a_place_of_a_title_that_is_not_there_is_named():
    with pytest.raises(ValueError, match="'Lake Kagami' names a masthead 'slow-rails' that is not"):
        places.describe({})
