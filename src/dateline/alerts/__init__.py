"""Alerts: who follows what, what may reach them when, and web push."""
