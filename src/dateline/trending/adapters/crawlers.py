"""Names of crawlers, from the public list that the package crawler-user-agents carries."""

from crawleruseragents import CRAWLER_USER_AGENTS_DATA


def patterns() -> list[str]:
    """Regular expressions, each of which a crawler's User-Agent matches somewhere."""
    return [str(one["pattern"]) for one in CRAWLER_USER_AGENTS_DATA]
