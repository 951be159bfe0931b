"""Reads a form that somebody has filled in, and tells filler from text."""
