"""Newsletters: lists, who gets them and with which proof, and their editions."""
