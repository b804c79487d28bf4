"""Questions to newsletters."""
