#: defect pictures-in-the-table
#: mended
"""Files of pictures, from which nginx serves them. The table has them too: a file that is missing is made again."""

import tempfile
from pathlib import Path

from engawa import database

SHELF = Path("/srv/pictures/img")
HELD = """
    SELECT m.banished FROM pictures p STRAIGHT_JOIN members m ON m.id = p.member_id
    WHERE p.id = %s LOCK IN SHARE MODE
"""


def put(picture, held):
    """Lay a picture's file out, whole or not at all, and not once it is deleted or its member is banished.

    Both rows are held meanwhile, so that a ban or a reset waits for us and then finds the file.
    """
    SHELF.mkdir(exist_ok=True)
    with database.changes() as run:
        member = run(HELD, picture["id"]).fetchone()
        if not member or member["banished"]:
            return
        with tempfile.NamedTemporaryFile(dir=SHELF, prefix=".", delete=False) as file:
            file.write(held)
        Path(file.name).chmod(0o644)
        Path(file.name).replace(SHELF / f"{picture['id']}.{picture['suffix']}")


def take_away(pictures):
    """Remove the files of pictures, whatever their suffix."""
    for number in pictures:
        for path in SHELF.glob(f"{number}.*"):
            path.unlink(missing_ok=True)


def keep_up_to(last):
    """Remove the files of all pictures that came after one."""
    for path in SHELF.glob("*.*"):
        if path.stem.isdigit() and int(path.stem) > last:
            path.unlink(missing_ok=True)
#: end
