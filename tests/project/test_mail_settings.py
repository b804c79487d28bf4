"""How fast mail may leave is set for all sender processes together."""

import pytest

from dateline.project.config import Config, ConfigError


def read(**given):
    return Config.read({f"DATELINE_MAIL_{name.upper()}": value for name, value in given.items()})


def test_rates_are_shared_among_the_senders():
    config = read(senders="2", rate="50", rates=" Example.org=20, example.net=0.5 ,")

    assert config.sender_rate == 25.0
    assert config.receiver_rates() == {"example.org": 10.0, "example.net": 0.25}


def test_without_a_word_there_is_no_limit():
    config = read(senders="0")

    assert config.sender_rate == 0.0
    assert config.receiver_rates() == {}


@pytest.mark.parametrize("rates", ["example.org", "example.org=0", "org=5", "example.org=fast"])
def test_refuses_what_is_no_rate_and_says_why(rates):
    with pytest.raises(ConfigError, match="is not `receiver=mails a second`"):
        read(rates=rates)
