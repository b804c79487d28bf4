"""A push is encrypted as RFC 8291 says, to the byte, and only its browser can read it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.alerts.adapters.encryption import UnfitKey, encrypt, point_of
from dateline.alerts.adapters.vapid import key_from
from tests.push_service import Browser, bytes_of, text_of

# RFC 8291, Appendix A
PLAIN = b"When I grow up, I want to be a watermelon"
OWN = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"
THEIRS = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
SECRET, SALT = "BTBZMqHH6r4Tts7J_aSIgg", "DGv6ra1nlYgDCS1FRnbzlw"
BODY = (
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6"
    "TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy"
    "4a-fN"
)


def test_the_example_of_the_standard_comes_out_to_the_byte():
    body = encrypt(
        PLAIN, key=bytes_of(THEIRS), secret=bytes_of(SECRET), own=key_from(bytes_of(OWN)),
        salt=bytes_of(SALT),
    )  # fmt: skip

    assert text_of(body) == BODY


@given(payload=st.binary(max_size=3_800))
def test_its_browser_reads_what_was_sent_and_nothing_repeats(payload):
    browser = Browser(type("Service", (), {"origin": ""}), "one")
    bodies = [encrypt(payload, key=browser.point, secret=browser.auth) for _ in range(2)]

    assert [browser.decrypt(body) for body in bodies] == [payload, payload]
    assert bodies[0][:16] != bodies[1][:16]
    assert bodies[0][21:86] != bodies[1][21:86]
    assert all(len(body) <= 4_096 for body in bodies)


def test_a_point_that_is_not_on_the_curve_is_refused():
    with pytest.raises(UnfitKey):
        encrypt(PLAIN, key=b"\x04" + bytes(range(64)), secret=bytes(16))


def test_a_key_has_the_point_that_the_standard_gives():
    assert text_of(point_of(key_from(bytes_of(OWN)))) == (
        "BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8"
    )
