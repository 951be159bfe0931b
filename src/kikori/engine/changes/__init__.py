"""Changes of a scene: scripts, overlays and patches carried out, and what a workspace's repository tells of them."""
