"""What newsletters ask of the world outside."""
