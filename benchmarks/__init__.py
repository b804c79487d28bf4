"""One file per promise; each prints one JSON object as its last line."""
