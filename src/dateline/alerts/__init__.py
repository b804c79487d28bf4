"""Alerts: who follows what, what may reach them when, web push and mail."""
