"""The course site, alive: the built pages, with a panel and a terminal that work on the same attempts as commands."""
