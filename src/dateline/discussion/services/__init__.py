"""What readers, moderators and editors do in the discussion room; a module for each kind."""
