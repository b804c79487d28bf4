"""Whether a sender's domain is set up so that the big receivers take bulk mail from it.

SPF (RFC 7208), DKIM (RFC 6376, 8301) and DMARC (RFC 7489), with the organisation found by walking
up the tree (RFC 9989). What is asked of DNS comes in as a function, so that nothing is asked here.
"""

import base64
import binascii
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

MOST_LOOKUPS = 10  # RFC 7208, 4.6.4
LEAST_KEY_BYTES = 162  # a DER public key of RSA-1024; shorter ones are refused (RFC 8301, 3.2)
ED25519_BYTES = 32
LONGEST_WALK = 8
TERM = re.compile(r"[+?~-]?(?:all|(?:include|a|mx|ptr|ip4|ip6|exists)(?:[:/].*)?)\Z", re.IGNORECASE)
MODIFIER = re.compile(r"[a-z][a-z0-9._-]*=.*\Z", re.IGNORECASE)
ASKS = re.compile(r"[+?~-]?(?:include|a|mx|ptr|exists)(?:[:/]|\Z)|redirect=", re.IGNORECASE)
RESERVED = frozenset({"localhost", "example", "test", "invalid", "local", "internal", "alt"})

Ask = Callable[[str], list[str]]  # the TXT records of a name; none where there are none


class NoAnswer(Exception):
    """DNS did not answer: nothing is known about the name."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a domain: a key of the words, and what goes into them."""

    key: str
    told: dict[str, str]


def is_reserved(domain: str) -> bool:
    """Whether a domain is one that no public DNS knows (RFC 6761, and `example.com`)."""
    labels = domain.lower().rstrip(".").split(".")
    return labels[-1] in RESERVED or labels[-2:-1] == ["example"]


def spf_faults(domain: str, ask: Ask) -> Iterator[Fault]:
    """What is wrong with the SPF record of an envelope's domain; nothing where it is right."""
    records = [r for r in ask(domain) if r.lower().split(" ")[0] == "v=spf1"]
    if len(records) != 1:
        key = "spf_many" if records else "spf_missing"
        yield Fault(key, {"domain": domain})
        return
    terms = records[0].split()[1:]
    wrong = [t for t in terms if not TERM.match(t) and not MODIFIER.match(t)]
    if wrong:
        yield Fault("spf_syntax", {"domain": domain, "found": wrong[0]})
    if {"all", "+all", "?all"} & {t.lower() for t in terms}:
        yield Fault("spf_open", {"domain": domain})
    if _lookups(terms, ask, 0) > MOST_LOOKUPS:
        yield Fault("spf_lookups", {"domain": domain})


def _lookups(terms: Iterable[str], ask: Ask, so_far: int) -> int:
    for term in terms:
        if so_far > MOST_LOOKUPS:
            break
        if ASKS.match(term):
            so_far += 1
        name = re.match(r"\+?include:(.+)|redirect=(.+)", term, re.IGNORECASE)
        if name:
            records = [r for r in ask(name[1] or name[2]) if r.lower().startswith("v=spf1")]
            so_far = _lookups(records[0].split()[1:] if records else (), ask, so_far)
    return so_far


def dkim_faults(selectors: Iterable[tuple[str, str]], ask: Ask) -> Iterator[Fault]:
    """What is wrong with the keys at these (selector, domain); nothing where one is right."""
    faults: list[Fault] = []
    for selector, domain in selectors:
        name = f"{selector}._domainkey.{domain}"
        found = _key_fault(name, ask(name))
        if found is None:
            return
        faults.append(found)
    yield from faults or [Fault("dkim_unset", {})]


def _key_fault(name: str, records: list[str]) -> Fault | None:
    tags = [_tags(record) for record in records if "p=" in record]
    if not tags:
        return Fault("dkim_missing", {"name": name})
    key = "".join(tags[0].get("p", "").split())
    if not key:
        return Fault("dkim_revoked", {"name": name})
    try:
        length = len(base64.b64decode(key, validate=True))
    except (binascii.Error, ValueError):
        return Fault("dkim_broken", {"name": name})
    least = ED25519_BYTES if tags[0].get("k") == "ed25519" else LEAST_KEY_BYTES
    return Fault("dkim_short", {"name": name}) if length < least else None


@dataclass(frozen=True, slots=True)
class Policy:
    """The DMARC record that holds for a domain, and the organisation that published it."""

    organisation: str
    tags: dict[str, str]

    def aligns(self, from_domain: str, other: str, *, tag: str) -> bool:
        """Whether another domain speaks for the sender's, strictly or by organisation."""
        if self.tags.get(tag, "r").lower() == "s":
            return other.lower() == from_domain.lower()
        return _below(other, self.organisation) and _below(from_domain, self.organisation)


def policy_of(domain: str, ask: Ask) -> Policy | Fault:
    """The DMARC policy of a sender's domain, or what is wrong with it."""
    found: tuple[str, dict[str, str]] | None = None
    top = ""
    for name in _walk(domain):
        records = [r for r in ask(f"_dmarc.{name}") if r.replace(" ", "").startswith("v=DMARC1")]
        if len(records) > 1:
            return Fault("dmarc_many", {"domain": name})
        if records:
            found, top = found or (name, _tags(records[0])), name
    if found is None:
        return Fault("dmarc_missing", {"domain": domain})
    policy = found[1].get("p", "").lower()
    if policy not in {"none", "quarantine", "reject"}:
        return Fault("dmarc_policy", {"domain": found[0], "found": policy})
    return Policy(top, found[1])


def alignment_faults(
    policy: Policy, *, sender: str, envelope: str, signers: Iterable[str]
) -> Iterator[Fault]:
    """Whether SPF's domain or one that signs speaks for the sender's; one is enough (RFC 7489)."""
    by_spf = policy.aligns(sender, envelope, tag="aspf")
    by_dkim = any(policy.aligns(sender, domain, tag="adkim") for domain in signers)
    if not by_spf and not by_dkim:
        yield Fault("dmarc_alignment", {"domain": sender, "envelope": envelope})


def _walk(domain: str) -> Iterator[str]:
    labels = domain.lower().rstrip(".").split(".")
    labels = labels[-LONGEST_WALK:]
    for start in range(len(labels) - 1):  # a whole top-level domain is nobody's organisation
        yield ".".join(labels[start:])


def _below(domain: str, organisation: str) -> bool:
    lower = domain.lower()
    return lower == organisation or lower.endswith(f".{organisation}")


def _tags(record: str) -> dict[str, str]:
    parts = (part.partition("=") for part in record.split(";"))
    return {name.strip().lower(): value.strip() for name, eq, value in parts if eq}
