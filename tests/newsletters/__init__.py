"""Lists, consent and editions."""
