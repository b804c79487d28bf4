"""PostgreSQL as a backend of Django, whose pool outlasts a server that was away."""
