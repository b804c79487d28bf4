"""What changes in newsletters."""
