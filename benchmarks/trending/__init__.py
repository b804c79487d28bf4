"""The readers that the benchmarks of trending make up."""
