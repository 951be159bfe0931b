"""A service that its author hands over, drawn from a number."""
