"""The plain rules and words of the desk."""
