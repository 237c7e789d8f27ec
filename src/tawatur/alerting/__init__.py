"""Alerts: stories that pass a threshold or answer a saved search are found once, told at a good time, and sent by every channel."""
