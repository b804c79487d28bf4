"""What changes in alerts."""
