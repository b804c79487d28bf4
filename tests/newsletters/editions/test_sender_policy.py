"""A sender's domain, asked of a real DNS server: each thing that is wrong is told by name."""

import base64

import pytest

from dateline.newsletters.domain import preflight
from dateline.newsletters.domain.check_words import ENGLISH_WORDS, JAPANESE_WORDS, said
from dateline.newsletters.domain.sender_policy import NoAnswer, is_reserved

RSA_2048 = base64.b64encode(b"k" * 294).decode()
RSA_512 = base64.b64encode(b"k" * 94).decode()
ED25519 = base64.b64encode(b"k" * 32).decode()
GOOD = {
    "news.paper.co.jp": ["v=spf1 include:_spf.relay.net ip4:192.0.2.1 -all", "other=1"],
    "_spf.relay.net": ["v=spf1 ip4:198.51.100.0/24 ~all"],
    "one._domainkey.news.paper.co.jp": [f"v=DKIM1; k=rsa; p={RSA_2048}"],
    "_dmarc.paper.co.jp": ["v=DMARC1; p=none; rua=mailto:d@paper.co.jp"],
}
SELECTORS = [("one", "news.paper.co.jp")]


def found(names, **changes):
    told = {"sender": "news.paper.co.jp", "envelope": "news.paper.co.jp", "selectors": SELECTORS}
    return list(preflight.of_sender(**{**told, **changes}, ask=names.ask))


def keys(findings):
    return [(finding.check.value, finding.key) for finding in findings]


def test_a_domain_that_is_in_order_has_nothing_against_it(dns_names):
    dns_names.update(GOOD)
    assert found(dns_names) == []


CASES = {
    "no spf": ({"news.paper.co.jp": []}, ("spf", "spf_missing")),
    "two spf": ({"news.paper.co.jp": ["v=spf1 -all", "v=spf1 mx -all"]}, ("spf", "spf_many")),
    "spf typo": ({"news.paper.co.jp": ["v=spf1 inclued:x.net -all"]}, ("spf", "spf_syntax")),
    "spf open": ({"news.paper.co.jp": ["v=spf1 +all"]}, ("spf", "spf_open")),
    "spf asks too often": (
        {"news.paper.co.jp": ["v=spf1 " + "mx " * 6 + "include:a.net redirect=b.net"],
         "a.net": ["v=spf1 a mx a mx a mx a mx -all"]},
        ("spf", "spf_lookups"),
    ),
    "no key": ({"one._domainkey.news.paper.co.jp": []}, ("dkim", "dkim_missing")),
    "revoked key": ({"one._domainkey.news.paper.co.jp": ["v=DKIM1; p="]}, ("dkim", "dkim_revoked")),
    "broken key": ({"one._domainkey.news.paper.co.jp": ["p=***"]}, ("dkim", "dkim_broken")),
    "short key": ({"one._domainkey.news.paper.co.jp": [f"p={RSA_512}"]}, ("dkim", "dkim_short")),
    "no dmarc": ({"_dmarc.paper.co.jp": []}, ("dmarc", "dmarc_missing")),
    "two dmarc": ({"_dmarc.paper.co.jp": ["v=DMARC1; p=none"] * 1 + ["v=DMARC1; p=reject"]},
                  ("dmarc", "dmarc_many")),
    "no policy": ({"_dmarc.paper.co.jp": ["v=DMARC1; p=maybe"]}, ("dmarc", "dmarc_policy")),
    "silent spf": ({"news.paper.co.jp": None}, ("spf", "no_answer")),
    "silent dmarc": ({"_dmarc.news.paper.co.jp": None}, ("dmarc", "no_answer")),
}  # fmt: skip


@pytest.mark.parametrize(("change", "key"), CASES.values(), ids=CASES)
def test_each_fault_keeps_the_letter_back_with_its_reason(dns_names, change, key):
    dns_names.update({**GOOD, **change})

    (one,) = found(dns_names)

    assert (one.check.value, one.key) == key
    assert not preflight.may_leave([one])
    for language in ("en", "ja"):
        sentence = said(one.to_json(), language)
        assert sentence
        assert not set("{}") & set(sentence)


def test_without_a_selector_nobody_knows_whether_mails_are_signed(dns_names):
    dns_names.update(GOOD)
    assert keys(found(dns_names, selectors=[])) == [("dkim", "dkim_unset")]


def test_one_key_that_is_right_is_enough_and_may_be_ed25519(dns_names):
    dns_names.update({**GOOD, "two._domainkey.esp.net": [f"v=DKIM1; k=ed25519; p={ED25519}"]})
    gone = [("old", "news.paper.co.jp"), ("two", "esp.net")]
    assert found(dns_names, selectors=gone) == []


@pytest.mark.parametrize(
    ("policy", "envelope", "signer", "aligned"),
    [
        ("p=none", "bounces.paper.co.jp", "esp.net", True),
        ("p=none; aspf=s", "bounces.paper.co.jp", "esp.net", False),
        ("p=none", "esp.net", "paper.co.jp", True),
        ("p=none; adkim=s", "esp.net", "paper.co.jp", False),
        ("p=none", "esp.net", "esp.net", False),
        ("p=none; aspf=s; adkim=s", "esp.net", "news.paper.co.jp", True),
    ],
)
def test_alignment_is_by_organisation_or_strict(dns_names, policy, envelope, signer, aligned):
    dns_names.update(
        {
            **GOOD,
            envelope: ["v=spf1 -all"],
            f"one._domainkey.{signer}": [f"p={RSA_2048}"],
            "_dmarc.paper.co.jp": [f"v=DMARC1; {policy}"],
        }
    )
    told = found(dns_names, envelope=envelope, selectors=[("one", signer)])
    assert keys(told) == ([] if aligned else [("dmarc", "dmarc_alignment")])


def test_a_name_that_no_public_dns_knows_is_said_to_be_unchecked(dns_names):
    told = found(dns_names, sender="musashi.localhost")
    assert {one.standing.value for one in told} == {"unchecked"}
    assert [one.check.value for one in told] == ["spf", "dkim", "dmarc"]
    assert preflight.may_leave(told)
    assert is_reserved("a.example.com")
    assert not is_reserved("paper.co.jp")


def test_every_reason_is_there_in_both_languages():
    assert ENGLISH_WORDS.keys() == JAPANESE_WORDS.keys()
    assert said({"key": ""}, "en") == ""


def test_a_resolver_that_is_silent_is_no_answer(dns_names):
    dns_names["gone.net"] = None
    with pytest.raises(NoAnswer, match=r"gone\.net"):
        dns_names.ask("gone.net")
