"""A robot that follows a runbook to the letter."""
