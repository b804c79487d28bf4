"""What changes in mail."""
