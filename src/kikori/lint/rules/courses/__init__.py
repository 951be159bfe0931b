"""Rules of what stands beside the labs: lessons, tests of a class, and tracks."""
