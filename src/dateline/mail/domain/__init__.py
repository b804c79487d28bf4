"""Rules of mail, in plain Python."""
