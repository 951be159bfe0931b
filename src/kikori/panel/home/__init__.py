"""The home page alive: what comes next, how much is done, and which lessons were read."""
