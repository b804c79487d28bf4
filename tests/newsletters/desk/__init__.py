"""The screens for lists."""
