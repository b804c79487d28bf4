"""Rules of newsletters, in plain Python."""
