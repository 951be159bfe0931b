"""Other weeks of the shop than the month that is known."""
