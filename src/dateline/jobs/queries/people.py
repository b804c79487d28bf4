"""Who keeps which job board."""

from dateline.accounts.queries import Posts

KEEPERS = Posts("jobs.Keeper")
keeps, keeps_any, is_named = KEEPERS.holds, KEEPERS.holds_any, KEEPERS.is_named
boards_of = KEEPERS.sites_of
