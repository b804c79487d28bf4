"""Every table of the room for jobs."""

from dateline.jobs.models.listing import Feed, FeedImport, Keeper, Listing
from dateline.jobs.models.series import Issue, Series

__all__ = ["Feed", "FeedImport", "Issue", "Keeper", "Listing", "Series"]
