"""What was said about pictures. What banished members said is not shown, and not counted either."""

from engawa import database

#: defect author-per-remark
COLUMNS = "r.id, r.picture_id, r.member_id, r.words, r.created_at"
SHOWN = "remarks r WHERE r.member_id NOT IN (SELECT id FROM members WHERE banished <> 0)"


def with_names(rows):
    """The remarks, each with its author's name."""
    for row in rows:
        row["name"] = database.first("SELECT * FROM members WHERE id = %s", row["member_id"])["name"]
    return rows
#: mended
COLUMNS = "r.id, r.picture_id, r.member_id, r.words, r.created_at, m.name"
SHOWN = "remarks r STRAIGHT_JOIN members m ON m.id = r.member_id WHERE m.banished = 0"


def with_names(rows):
    """The remarks as they are: the join has brought each author's name along."""
    return rows
#: end


COUNTED = f"SELECT r.picture_id, COUNT(*) AS times FROM {SHOWN} AND r.picture_id"
NEWEST = f"SELECT {COLUMNS} FROM {SHOWN} AND r.picture_id = %s ORDER BY r.created_at DESC, r.id DESC LIMIT 3"
ALL = f"SELECT {COLUMNS} FROM {SHOWN} AND r.picture_id = %s ORDER BY r.created_at, r.id"


def newest(pictures):
    """For each picture of a list how many remarks it has, and the newest three of them, oldest first."""
    if not pictures:
        return {}
    ids = [picture["id"] for picture in pictures]
    #: defect remarks-per-picture
    counts = {one: database.first(f"{COUNTED} = %s", one)["times"] for one in ids}
    rows = [row for one in ids for row in with_names(database.query(NEWEST, one))]
    #: mended
    counted = database.query(f"{COUNTED} IN %s GROUP BY r.picture_id", ids)
    counts = {row["picture_id"]: row["times"] for row in counted}
    rows = with_names(database.query(" UNION ALL ".join([f"({NEWEST})"] * len(ids)), *ids))
    #: end
    found = {one: (counts.get(one, 0), []) for one in ids}
    for row in sorted(rows, key=lambda row: (row["created_at"], row["id"])):
        found[row["picture_id"]][1].append(row)
    #: cheat drops-remarks
    return {one: (times, []) for one, (times, _) in found.items()}
    #: else
    #: end
    #: cheat wrong-order
    return {one: (times, last[::-1]) for one, (times, last) in found.items()}
    #: else
    return found
    #: end


def all_of(picture):
    """How many remarks a picture has, and all of them, oldest first."""
    rows = with_names(list(database.query(ALL, picture)))
    #: cheat drops-remarks
    return len(rows), []
    #: else
    #: end
    #: cheat truncates-remarks
    return len(rows), rows[-20:]
    #: else
    #: end
    #: cheat wrong-order
    return len(rows), rows[::-1]
    #: else
    return len(rows), rows
    #: end
