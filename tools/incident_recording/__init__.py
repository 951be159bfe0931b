"""The night of the lab postmortem: `record` plays it with real containers, and the package makes its recording."""
