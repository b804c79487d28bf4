"""A job in the words of search engines: JobPosting, as Google's guide asks for it.

Only the page of one open job carries it; no list does, nor one that is over. All of it stands on
the page too. https://developers.google.com/search/docs/appearance/structured-data/job-posting
"""

from html import escape
from typing import Any

from dateline.jobs.domain.kinds import EMPLOYMENT_TYPES, Employment, Where
from dateline.jobs.domain.terms import ListingTerms

CONTEXT = "https://schema.org"


def job_posting(terms: ListingTerms, *, number: int, url: str, publisher: str) -> dict[str, Any]:
    """JobPosting (schema.org) of one open job. `url` is absolute, `publisher` whose board it is."""
    data: dict[str, Any] = {
        "@context": CONTEXT,
        "@type": "JobPosting",
        "title": terms.title,
        "description": _description(terms.text),
        "identifier": {"@type": "PropertyValue", "name": publisher, "value": str(number)},
        "url": url,
        "datePosted": terms.posted_at.isoformat(timespec="seconds"),
        "validThrough": terms.valid_until.isoformat(timespec="seconds"),
        "employmentType": EMPLOYMENT_TYPES[Employment(terms.employment)],
        "hiringOrganization": _employer(terms),
        "directApply": False,
        **_place(terms),
    }
    if terms.salary_min is not None or terms.salary_max is not None:
        data["baseSalary"] = _salary(terms)
    return data


def _description(text: str) -> str:
    """The text as HTML, which the guide asks for: paragraphs, and lines within them."""
    parts = (part.strip() for part in text.split("\n\n"))
    return "".join(f"<p>{escape(part).replace(chr(10), '<br>')}</p>" for part in parts if part)


def _employer(terms: ListingTerms) -> dict[str, Any]:
    found = {"@type": "Organization", "name": terms.employer}
    return {**found, "sameAs": terms.employer_url} if terms.employer_url else found


def _place(terms: ListingTerms) -> dict[str, Any]:
    """Where it is done. Only work that is wholly remote is called so; it names a country."""
    if terms.where == Where.REMOTE:
        country = {"@type": "Country", "name": terms.country}
        return {"jobLocationType": "TELECOMMUTE", "applicantLocationRequirements": country}
    address = {
        "@type": "PostalAddress",
        "addressLocality": terms.place,
        "addressRegion": terms.region,
        "addressCountry": terms.country,
    }
    known = {name: value for name, value in address.items() if value}
    return {"jobLocation": {"@type": "Place", "address": known}}


def _salary(terms: ListingTerms) -> dict[str, Any]:
    value: dict[str, Any] = {"@type": "QuantitativeValue", "unitText": terms.salary_unit.upper()}
    if terms.salary_min == terms.salary_max:
        value["value"] = terms.salary_min
    else:
        named = {"minValue": terms.salary_min, "maxValue": terms.salary_max}
        value |= {name: number for name, number in named.items() if number is not None}
    return {"@type": "MonetaryAmount", "currency": terms.salary_currency, "value": value}
