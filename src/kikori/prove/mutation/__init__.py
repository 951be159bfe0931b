"""Mutants of right fixes: whether a lab's checks notice a fix that is spoiled in one place."""
