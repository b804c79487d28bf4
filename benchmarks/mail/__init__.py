"""What the mail benchmarks share."""
