"""Redraws the demo network's pictures and wordmarks. Not needed to run the demo."""
