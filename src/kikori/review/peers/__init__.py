"""Peer review: explanations dealt out without names, and the marks that come back."""
