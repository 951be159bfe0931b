"""Which explanations of a class are alike."""
