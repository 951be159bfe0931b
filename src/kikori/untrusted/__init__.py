"""What a stranger's Dockerfile, compose file and stack file may hold: allow-lists, and no list of what is forbidden."""
