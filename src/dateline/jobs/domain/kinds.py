"""What a listing may say in fixed words, and how search engines spell them."""

from enum import StrEnum


class Where(StrEnum):
    """Where the work is done. Only `remote` is done from anywhere in the country."""

    ONSITE = "onsite"
    HYBRID = "hybrid"
    REMOTE = "remote"


class Employment(StrEnum):
    """What kind of contract it is."""

    FULL_TIME = "full_time"
    PART_TIME = "part_time"
    CONTRACT = "contract"
    TEMPORARY = "temporary"
    INTERNSHIP = "internship"
    VOLUNTEER = "volunteer"


class SalaryUnit(StrEnum):
    """What a salary is paid for."""

    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


class Level(StrEnum):
    """How much of the country's language the work asks for."""

    NONE = "none"
    BASIC = "basic"
    CONVERSATIONAL = "conversational"
    BUSINESS = "business"
    FLUENT = "fluent"


# schema.org's own values, as Google's guide for JobPosting lists them.
EMPLOYMENT_TYPES = {
    Employment.FULL_TIME: "FULL_TIME",
    Employment.PART_TIME: "PART_TIME",
    Employment.CONTRACT: "CONTRACTOR",
    Employment.TEMPORARY: "TEMPORARY",
    Employment.INTERNSHIP: "INTERN",
    Employment.VOLUNTEER: "VOLUNTEER",
}
