"""Questions about stories: what readers may see, and lists of it."""
