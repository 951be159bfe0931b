"""An old server of a cable railway: what is drawn of it, what lies on it, what hands did, what is true."""
