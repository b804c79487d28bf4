"""What the benchmarks of readers' pages share."""
