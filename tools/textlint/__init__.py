"""The rules of Japanese, tried by textlint on every page and table that people read."""
