"""What the newsroom can do to a story. One function per verb, one transaction each."""
