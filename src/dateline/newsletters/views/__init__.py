"""The desk's screens for newsletters."""
