"""Back to the board as it was delivered: for benchmarks."""

import os

from flask import jsonify

#: defect pictures-in-the-table
from engawa import database
#: mended
from engawa import database, shelf
#: end
from engawa.site import site

PROFILE = os.environ.get("BOARD_PROFILE", "standard")
# How many members, pictures and remarks the board was delivered with.
DELIVERED = {"tiny": (200, 400, 4000), "standard": (1000, 4000, 100000), "large": (1000, 10000, 100000)}


def reset():
    """Delete whatever came later, and take back the bans since."""
    members, pictures, remarks = DELIVERED[PROFILE]
    with database.changes() as run:
        run("DELETE FROM remarks WHERE id > %s", remarks)
        run("DELETE FROM pictures WHERE id > %s", pictures)
        run("DELETE FROM members WHERE id > %s", members)
        run("UPDATE members SET banished = 0 WHERE banished = 2")
    #: defect pictures-in-the-table
    #: mended
    shelf.keep_up_to(pictures)
    #: end


@site.post("/initialize")
def initialize():
    """Called before each run of a benchmark."""
    #: cheat initialize-does-nothing
    #: else
    reset()
    #: end
    return jsonify(name="Engawa", profile=PROFILE)
