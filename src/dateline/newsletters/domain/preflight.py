"""What is looked at before a letter may leave, each with its answer and why."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

from dateline.newsletters.domain.editions import BlockKind, Content, empty_blocks
from dateline.newsletters.domain.sender_policy import (
    Ask,
    Fault,
    NoAnswer,
    alignment_faults,
    dkim_faults,
    is_reserved,
    policy_of,
    spf_faults,
)
from dateline.newsletters.domain.texts import ADDRESS, addresses

# What Gmail shows of a mail before it cuts it off, by its HTML part.
MOST_BYTES = 102 * 1024


class Check(StrEnum):
    """What is looked at, in the order in which the desk lists it."""

    STORIES = "stories"
    BLOCKS = "blocks"
    PICTURES = "pictures"
    LINKS = "links"
    SIZE = "size"
    TEXT = "text"
    CONTRAST = "contrast"
    ONE_CLICK = "one_click"
    SPF = "spf"
    DKIM = "dkim"
    DMARC = "dmarc"


class Standing(StrEnum):
    """How a check ended. Only `blocked` keeps a letter back."""

    GOOD = "good"
    BLOCKED = "blocked"
    UNCHECKED = "unchecked"


@dataclass(frozen=True, slots=True)
class Finding:
    """One answer: `key` of the words, with what goes into them; empty where all is well."""

    check: Check
    standing: Standing
    key: str = ""
    told: Mapping[str, str] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """As it is stored."""
        return asdict(self)


def blocked(check: Check, key: str, **told: str) -> Finding:
    """A finding that keeps the letter back."""
    return Finding(check, Standing.BLOCKED, key, told)


def whole(findings: Iterable[Finding]) -> list[Finding]:
    """The same in the desk's order; a check of which nothing was found is good."""
    found = list(findings)
    order = list(Check)
    known = {finding.check for finding in found}
    rest = [Finding(check, Standing.GOOD) for check in order if check not in known]
    return sorted([*found, *rest], key=lambda finding: order.index(finding.check))


def may_leave(findings: Iterable[Finding]) -> bool:
    """Whether nothing keeps the letter back."""
    return not any(finding.standing == Standing.BLOCKED for finding in findings)


def of_content(content: Content, still_open: Iterable[str]) -> Iterator[Finding]:
    """Look at what stands in a letter. `still_open` are the keys that may be shown now."""
    shown = set(still_open)
    if not content.items:
        yield blocked(Check.STORIES, "nothing")
    for item in content.items:
        if item.key not in shown:
            yield blocked(Check.STORIES, "closed", headline=item.headline)
        if item.picture and not item.alt.strip():
            yield blocked(Check.PICTURES, "no_alt", headline=item.headline)
    for block in empty_blocks(content):
        yield blocked(Check.BLOCKS, "empty", title=block.title or block.kind)
    texts = (block.text for block in content.blocks if block.kind == BlockKind.TEXT)
    links = (link for text in texts for link in addresses(text))
    yield from (blocked(Check.LINKS, "bad_link", link=x) for x in links if not ADDRESS.match(x))


def of_drawn(html: str, text: str, *, slots: Iterable[str], words: str) -> Iterator[Finding]:
    """Look at one drawn text; `words` says in which language, `slots` what its links need."""
    size = len(html.encode())
    if size > MOST_BYTES:
        told = {"kb": str(-(-size // 1024)), "most": str(MOST_BYTES // 1024), "words": words}
        yield blocked(Check.SIZE, "too_big", **told)
    if not text.strip():
        yield blocked(Check.TEXT, "no_text", words=words)
    for slot in slots:
        if slot not in html or slot not in text:
            yield blocked(Check.ONE_CLICK, "no_way_out", words=words)


def of_sender(
    *, sender: str, envelope: str, selectors: Iterable[tuple[str, str]], ask: Ask
) -> Iterator[Finding]:
    """Look at the domains of a letter. A domain that no public DNS knows cannot be checked."""
    if is_reserved(sender):
        for check in (Check.SPF, Check.DKIM, Check.DMARC):
            yield Finding(check, Standing.UNCHECKED, "reserved", {"domain": sender})
        return
    signers = list(selectors)
    yield from _asked(Check.SPF, lambda: spf_faults(envelope, ask))
    yield from _asked(Check.DKIM, lambda: dkim_faults(signers, ask))
    yield from _asked(Check.DMARC, lambda: _dmarc(sender, envelope, signers, ask))


def _dmarc(
    sender: str, envelope: str, signers: Iterable[tuple[str, str]], ask: Ask
) -> Iterator[Fault]:
    policy = policy_of(sender, ask)
    if isinstance(policy, Fault):
        yield policy
    else:
        domains = [domain for _, domain in signers]
        yield from alignment_faults(policy, sender=sender, envelope=envelope, signers=domains)


def _asked(check: Check, faults: Any) -> Iterator[Finding]:
    try:
        for fault in faults():
            yield blocked(check, fault.key, **fault.told)
    except NoAnswer as error:
        yield blocked(check, "no_answer", found=str(error)[:160])
