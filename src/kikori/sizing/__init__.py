"""What an attempt takes of a computer, as it was measured, and how many attempts a computer carries at once."""
