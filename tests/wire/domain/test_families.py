"""Who sent an item, and the id that stays the same over its versions."""

import pytest

from dateline.wire.domain.families import family_of, guess_provider
from dateline.wire.domain.profile import ProviderProfile, profile_for

ANY = profile_for("any")


@pytest.mark.parametrize(
    ("names", "identifier", "slug"),
    [
        (["reuters.com"], None, "reuters"),
        ([None, "nprov:AFP"], "urn:newsml:afp.com:1", "afp"),
        (["approviderid:z01122", "Harbour Robots"], "tag:ap.org,2011:x", "ap"),
        (["Harbour Robots"], "tag:ap.org,2011:x", "ap"),
        (["dnlprov:dpa"], None, "dpa"),
        ([], "urn:newsml:dpa.com:20090101:1", "dpa"),
        ([], "tag_reuters.com_2014_newsml_1", "reuters"),
        (["STT"], None, "stt"),
        (["TT"], None, "tt"),
        (["PA_API"], None, "pa"),
        (["https://www.harbourwire.test/about"], "x", "harbourwire"),
        (["Harbour Wire Ltd"], "https://anything.test/1", "harbour-wire-ltd"),
        (["港通信"], "22751909", None),
        ([], "https://anything.test/1", None),
        ([" "], None, None),
    ],
)
def test_names_the_agency_or_says_nothing(names, identifier, slug):
    assert guess_provider(names=names, identifier=identifier) == slug


@pytest.mark.parametrize(
    ("identifier", "family"),
    [
        ("22751909", "efe:22751909"),
        (" 22751909\n", "efe:22751909"),
        ("urn:newsml:efe.test:1", "urn:newsml:efe.test:1"),
        ("tag:efe.test,2026:1", "tag:efe.test,2026:1"),
        ("https://efe.test/1?v=2", "https://efe.test/1?v=2"),
        ("20171220:TT:1:0", "efe:20171220:TT:1:0"),
    ],
)
def test_only_an_address_stands_without_its_provider(identifier, family):
    assert family_of(identifier, profile=profile_for("efe")) == family


def test_ap_addresses_lose_the_query_that_changes_with_every_request():
    assert family_of("http://api.ap.org/c/1?et=2", profile=ANY) == "http://api.ap.org/c/1"
    assert family_of("http://ap.test/c/1?et=2", profile=ANY) == "http://ap.test/c/1?et=2"


def test_a_provider_without_rules_fails_closed():
    unknown = profile_for("harbour", time_zone="Asia/Tokyo")

    assert unknown == ProviderProfile(slug="harbour", name="harbour", time_zone="Asia/Tokyo")
    assert (unknown.empty_embargo, unknown.withheld_recalls) == ("hold", True)


@pytest.mark.parametrize("zone", ["Mars/Olympus", "../etc/passwd", "", "/etc/localtime"])
def test_a_time_zone_nobody_knows_is_refused(zone):
    with pytest.raises(ValueError, match=r"is not a time zone\. Use an IANA name"):
        profile_for("efe", time_zone=zone)
