"""Shells inside a lab, and what is typed in them."""
