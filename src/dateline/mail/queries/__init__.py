"""Questions to mail."""
