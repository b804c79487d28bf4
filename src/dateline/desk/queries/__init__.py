"""Questions of the desk: joins of what the rooms know."""
