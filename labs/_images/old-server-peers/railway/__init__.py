"""An old server of a cable railway: what is drawn of it, what lies on it, what hands did to it, and what is true of it."""
