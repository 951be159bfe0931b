"""One submission to one verdict: its scene is rebuilt from nothing, restarted and graded, in a process of its own."""
