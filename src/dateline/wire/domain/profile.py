"""How one provider uses the formats: the rules no document states about itself."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Literal
from zoneinfo import ZoneInfo

from dateline.wire.domain import charsets


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderProfile:
    """The rules of one provider. The defaults fail closed: what is unclear waits for a person.

    slug: also the namespace of its bare ids. time_zone: IANA name in which a time sent without an
    offset is read; None holds such an item. empty_embargo: what <embargoed/> means. statuses: the
    provider's own words, each with the IPTC status it means. withheld_recalls: False
    where `withheld` means under embargo (PA), so that earlier versions stay up. required_signals:
    without one of these no item is for readers (AP). charset: the letters of formats that do not
    say theirs (IPTC 7901, ANPA); None tells them by their bytes.

    Raises:
        ValueError: the time zone is not in the IANA database, or the character set is unknown.

    """

    slug: str
    name: str
    time_zone: str | None = None
    empty_embargo: Literal["hold", "ignore"] = "hold"
    statuses: tuple[tuple[str, str], ...] = ()
    withheld_recalls: bool = True
    required_signals: frozenset[str] = frozenset()
    charset: str | None = None

    def __post_init__(self) -> None:
        """Refuse a time zone nobody can read times in, and letters nobody can read."""
        if self.charset is not None and not charsets.known(self.charset):
            raise ValueError(
                f"Provider {self.slug}: {self.charset!r} is not a character set. "
                "Use a name such as utf-8, latin-1, cp850 or iso-6937."
            )
        if self.time_zone is None:
            return
        try:
            ZoneInfo(self.time_zone)
        except (ValueError, OSError, KeyError) as error:
            raise ValueError(
                f"Provider {self.slug}: {self.time_zone!r} is not a time zone. "
                "Use an IANA name such as Europe/London."
            ) from error


_KNOWN = (
    ProviderProfile(slug="aap", name="AAP"),
    ProviderProfile(slug="afp", name="AFP"),
    ProviderProfile(slug="ansa", name="ANSA"),
    ProviderProfile(
        slug="ap",
        name="AP",
        # api.ap.org "Publishable content": never publish an item without it.
        required_signals=frozenset({"newscontent", "apsig:consumerready"}),
        statuses=(("embargoed", "embargoed"),),
    ),
    ProviderProfile(slug="ats", name="ATS", time_zone="Europe/Zurich"),
    ProviderProfile(slug="belga", name="Belga", time_zone="Europe/Brussels"),
    ProviderProfile(slug="bbc", name="BBC LDRS", time_zone="Europe/London"),
    # IPTC 7901: the time at the end is Berlin's where it does not say GMT.
    ProviderProfile(slug="dpa", name="dpa", time_zone="Europe/Berlin"),
    ProviderProfile(slug="efe", name="EFE"),
    ProviderProfile(slug="kyodo", name="Kyodo News", time_zone="Asia/Tokyo"),
    ProviderProfile(
        slug="pa",
        name="PA Media",
        # content.pamedia.io/docs/embargoes: both words mean "under embargo".
        statuses=(("privileged", "withheld"),),
        withheld_recalls=False,
    ),
    ProviderProfile(slug="reuters", name="Reuters"),
    ProviderProfile(slug="stt", name="STT", time_zone="Europe/Helsinki"),
    ProviderProfile(slug="tt", name="TT", time_zone="Europe/Stockholm"),
)
PROFILES: Mapping[str, ProviderProfile] = MappingProxyType({p.slug: p for p in _KNOWN})


def profile_for(slug: str, **overrides: object) -> ProviderProfile:
    """Return the rules of the provider `slug`, changed by `overrides` (fields of ProviderProfile).

    A provider we have no rules for gets the defaults, which fail closed.

    Raises:
        TypeError: an override is no field. ValueError: the time zone is unknown.

    """
    known = PROFILES.get(slug, ProviderProfile(slug=slug, name=slug))
    return replace(known, **overrides)  # type: ignore[arg-type]  # names are checked by replace
