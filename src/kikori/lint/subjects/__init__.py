"""What the rules look at: a lab's files, parsed, each with the place of what it says."""
