"""What a person reads of one submission: what it says, what was changed, and when; all of it a stranger's text."""
