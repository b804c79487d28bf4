"""What schema.org 30.0 says of the types and properties that our pages use: a list of our own.

A test under the mark `samples` holds it against schema.org's file.
"""

import re

# What each type is a kind of.
ABOVE = {
    "AdministrativeArea": "Place", "Answer": "Comment", "Article": "CreativeWork",
    "BlogPosting": "SocialMediaPosting", "BreadcrumbList": "ItemList", "Comment": "CreativeWork",
    "ContactPoint": "StructuredValue", "CorrectionComment": "Comment",
    "Country": "AdministrativeArea", "CreativeWork": "Thing", "Event": "Thing",
    "GeoCoordinates": "StructuredValue", "ImageObject": "MediaObject", "Intangible": "Thing",
    "ItemList": "Intangible", "JobPosting": "Intangible", "ListItem": "Intangible",
    "LiveBlogPosting": "BlogPosting", "MediaObject": "CreativeWork",
    "MonetaryAmount": "StructuredValue", "NewsArticle": "Article",
    "NewsMediaOrganization": "Organization", "OpinionNewsArticle": "NewsArticle",
    "Organization": "Thing", "Person": "Thing", "Place": "Thing", "PostalAddress": "ContactPoint",
    "Product": "Thing", "PropertyValue": "StructuredValue", "QuantitativeValue": "StructuredValue",
    "Question": "Comment", "Quotation": "CreativeWork", "ReportageNewsArticle": "NewsArticle",
    "SocialMediaPosting": "Article", "StructuredValue": "Intangible", "WebSite": "CreativeWork",
}  # fmt: skip
# Of each property: the types that may carry it, and what it may hold.
PROPERTIES = {
    "acquireLicensePage": ("CreativeWork", "CreativeWork URL"),
    "address": ("GeoCoordinates Organization Person Place", "PostalAddress Text"),
    "addressCountry": ("GeoCoordinates PostalAddress", "Country Text"),
    "addressLocality": ("PostalAddress", "Text"),
    "addressRegion": ("PostalAddress", "AdministrativeArea Text"),
    "alternativeHeadline": ("CreativeWork", "Text"),
    "applicantLocationRequirements": ("JobPosting", "AdministrativeArea"),
    "articleBody": ("Article", "Text"),
    "articleSection": ("Article", "Text"),
    "author": ("CreativeWork", "Organization Person"),
    "baseSalary": ("JobPosting", "MonetaryAmount Number"),
    "caption": ("ImageObject", "MediaObject Text"),
    "citation": ("CreativeWork", "CreativeWork Text"),
    "commentCount": ("CreativeWork", "Integer"),
    "copyrightNotice": ("CreativeWork", "Text"),
    "correction": ("CreativeWork", "CorrectionComment Text URL"),
    "coverageEndTime": ("LiveBlogPosting", "DateTime"),
    "coverageStartTime": ("LiveBlogPosting", "DateTime"),
    "creator": ("CreativeWork", "Organization Person"),
    "creditText": ("CreativeWork", "Text"),
    "currency": ("MonetaryAmount", "Text"),
    "dateModified": ("CreativeWork", "Date DateTime"),
    "datePosted": ("JobPosting", "Date DateTime"),
    "datePublished": ("CreativeWork", "Date DateTime"),
    "dateline": ("NewsArticle", "Text"),
    "description": ("Thing", "Text"),
    "digitalSourceType": ("CreativeWork", "IPTCDigitalSourceEnumeration"),
    "directApply": ("JobPosting", "Boolean"),
    "discussionUrl": ("CreativeWork", "URL"),
    "employmentType": ("JobPosting", "Text"),
    "editor": ("CreativeWork", "Person"),
    "endDate": ("Event", "Date DateTime"),
    "eventAttendanceMode": ("Event", "EventAttendanceModeEnumeration"),
    "eventStatus": ("Event", "EventStatusType"),
    "geo": ("Place", "GeoCoordinates"),
    "hasPart": ("CreativeWork", "CreativeWork"),
    "headline": ("CreativeWork", "Text"),
    "height": ("MediaObject Person Product", "Distance QuantitativeValue"),
    "hiringOrganization": ("JobPosting", "Organization Person"),
    "identifier": ("Thing", "PropertyValue Text URL"),
    "image": ("Thing", "ImageObject URL"),
    "inLanguage": ("CreativeWork Event", "Language Text"),
    "isAccessibleForFree": ("CreativeWork Event Place", "Boolean"),
    "isBasedOn": ("CreativeWork", "CreativeWork Product URL"),
    "isPartOf": ("CreativeWork", "CreativeWork URL"),
    "item": ("ListItem", "Thing"),
    "itemListElement": ("ItemList", "ListItem Text Thing"),
    "itemListOrder": ("ItemList", "ItemListOrderType Text"),
    "jobLocation": ("JobPosting", "Place"),
    "jobLocationType": ("JobPosting", "Text"),
    "jobTitle": ("Person", "Text"),
    "keywords": ("CreativeWork Event Organization Place Product", "Text URL"),
    "latitude": ("GeoCoordinates Place", "Number Text"),
    "license": ("CreativeWork", "CreativeWork URL"),
    "liveBlogUpdate": ("LiveBlogPosting", "BlogPosting"),
    "location": ("Event Organization", "Place PostalAddress Text"),
    "logo": ("Organization Place Product", "ImageObject URL"),
    "longitude": ("GeoCoordinates Place", "Number Text"),
    "mainEntityOfPage": ("Thing", "CreativeWork URL"),
    "maxValue": ("MonetaryAmount PropertyValue QuantitativeValue", "Number"),
    "minValue": ("MonetaryAmount PropertyValue QuantitativeValue", "Number"),
    "name": ("Thing", "Text"),
    "position": ("CreativeWork ListItem", "Integer Text"),
    "productID": ("Product", "Text"),
    "provider": ("CreativeWork", "Organization Person"),
    "publisher": ("CreativeWork", "Organization Person"),
    "sameAs": ("Thing", "URL"),
    "sourceOrganization": ("CreativeWork", "Organization"),
    "startDate": ("Event", "Date DateTime"),
    "suggestedAnswer": ("Question", "Answer ItemList"),
    "text": ("CreativeWork", "Text"),
    "timeRequired": ("CreativeWork", "Duration"),
    "title": ("JobPosting", "Text"),
    "unitText": ("PropertyValue QuantitativeValue", "Text"),
    "upvoteCount": ("Comment", "Integer"),
    "translationOfWork": ("CreativeWork", "CreativeWork"),
    "translator": ("CreativeWork", "Organization Person"),
    "url": ("Thing", "URL"),
    "validThrough": ("JobPosting MonetaryAmount", "Date DateTime"),
    "value": (
        "MonetaryAmount PropertyValue QuantitativeValue",
        "Boolean Number StructuredValue Text",
    ),
    "version": ("CreativeWork", "Number Text"),
    "width": ("MediaObject Product", "Distance QuantitativeValue"),
    "workTranslation": ("CreativeWork", "CreativeWork"),
    "worksFor": ("Person", "Organization"),
}
# Numbers alone are pixels, as search engines ask; an address alone stands for the thing there.
PIXELS, THERE = {"width", "height"}, {"item"}
URL = re.compile(r"https?://[^\s<>\"]+\Z")
DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(Z|[+-][0-9]{2}:[0-9]{2})\Z"
)
LENGTH = re.compile(r"PT[1-9][0-9]*M\Z")


def kinds_of(name):
    """A type and everything that it is a kind of."""
    while name:
        yield name
        name = ABOVE.get(name)


def faults(data, at="$"):
    """(place, what is wrong) of whatever the vocabulary has no room for."""
    if set(data) == {"@id"}:
        return
    types = data.get("@type", [])
    types = [types] if isinstance(types, str) else types
    own = {above for name in types for above in kinds_of(name)}
    if not types or any(name not in ABOVE for name in types):
        yield at, f"no type of ours: {types}"
    for name, value in data.items():
        if name.startswith("@"):
            continue
        if name not in PROPERTIES or not own & set(PROPERTIES[name][0].split()):
            yield f"{at}.{name}", f"{types} carry no such thing"
            continue
        several = value if isinstance(value, list) else [value]
        for number, one in enumerate(several):
            yield from _held(name, one, f"{at}.{name}[{number}]")


def _held(name, value, at):
    if isinstance(value, dict):
        yield from faults(value, at)
    if not fits(name, value):
        yield at, f"{value!r:.60} is none of {PROPERTIES[name][1]}"


def fits(name, value):
    """Whether a property may hold this."""
    allowed = set(PROPERTIES[name][1].split())
    if isinstance(value, dict):
        types = value.get("@type", [])
        types = [types] if isinstance(types, str) else types
        found = {above for one in types for above in kinds_of(one)}
        return bool(found & allowed) or set(value) == {"@id"}
    if isinstance(value, bool):
        return "Boolean" in allowed
    if isinstance(value, int | float):
        whole = isinstance(value, int) and "Integer" in allowed
        return whole or "Number" in allowed or name in PIXELS
    return _fits_text(name, str(value), allowed)


def _fits_text(name, text, allowed):
    shapes = {"URL": URL, "Date": DATE, "DateTime": MOMENT, "Duration": LENGTH}
    if any(kind in allowed and shape.match(text) for kind, shape in shapes.items()):
        return True
    members = any(kind.endswith(("Type", "Enumeration")) for kind in allowed) or name in THERE
    return ("Text" in allowed and bool(text.strip())) or (members and bool(URL.match(text)))
