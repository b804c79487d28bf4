"""ads.txt 1.1 (IAB Tech Lab): who may sell a domain's space. One file for each root domain."""

import re

DOMAIN = re.compile(
    r"(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]", re.IGNORECASE
)
RELATIONS = {"DIRECT", "RESELLER"}
VARIABLES = {"CONTACT", "SUBDOMAIN", "INVENTORYPARTNERDOMAIN", "OWNERDOMAIN", "MANAGERDOMAIN"}
ONCE = {"OWNERDOMAIN"}
FEWEST, MOST = 3, 4  # fields of a record
LONGEST = 100_000


def problems_of(text: str) -> list[str]:
    """Say which lines of an ads.txt break the format, by number; nothing where it is sound."""
    if len(text) > LONGEST:
        return [f"The file has {len(text):,} characters; {LONGEST:,} at most."]
    found, seen = [], set()
    for number, raw in enumerate(text.splitlines(), start=1):
        line = raw.partition("#")[0].strip()
        if not line:
            continue
        name, is_variable, value = line.partition("=")
        problem = _variable(name.strip(), value.strip()) if is_variable else _record(line)
        key = name.strip().upper()
        if is_variable and key in ONCE and key in seen:
            problem = f"{key} stands twice"
        seen.add(key)
        if problem:
            found.append(f"Line {number}: {problem}.")
    return found


def _variable(name: str, value: str) -> str:
    if name.upper() not in VARIABLES:
        return f"there is no variable {name[:40]!r}"
    if not value:
        return f"{name.upper()} has no value"
    if name.upper() == "CONTACT":
        return ""
    domain = value.partition(",")[0].strip()  # MANAGERDOMAIN may name a country
    return "" if DOMAIN.fullmatch(domain) else f"{domain[:80]!r} is no domain"


def _record(line: str) -> str:
    fields = [field.strip() for field in line.partition(";")[0].split(",")]
    if not FEWEST <= len(fields) <= MOST:
        return "expected: domain, account, DIRECT or RESELLER, and perhaps an authority's id"
    domain, account, relation = fields[:FEWEST]
    if not DOMAIN.fullmatch(domain):
        return f"{domain[:80]!r} is no domain"
    if not account:
        return "the account is missing"
    if relation.upper() not in RELATIONS:
        return f"expected DIRECT or RESELLER, found {relation[:40]!r}"
    return ""
