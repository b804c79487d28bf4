"""Rules of newsletters."""
