"""Who writes the standing pages of which masthead."""

from dateline.accounts.queries import Posts

EDITORS = Posts("standing.PageEditor")
writes, writes_any, is_named = EDITORS.holds, EDITORS.holds_any, EDITORS.is_named
sites_of = EDITORS.sites_of
