"""Lists of pictures: the front page, what is older, and a member's profile."""

from datetime import datetime

from flask import abort, request

from engawa import database, remarks
from engawa.rendering import moment, page
from engawa.sessions import me, token
from engawa.site import site

AT_ONCE = 20
SUFFIX = {"image/jpeg": "jpg", "image/png": "png", "image/gif": "gif"}

LIST = """
    SELECT p.id, p.member_id, p.mime, p.caption, p.created_at, m.name
    #: defect misleading-index
    FROM pictures p JOIN members m ON m.id = p.member_id
    #: mended
    FROM pictures p STRAIGHT_JOIN members m ON m.id = p.member_id
    #: end
    WHERE m.banished = 0 AND {which}
    ORDER BY p.created_at DESC, p.id DESC
    #: defect no-limit
    #: mended
    LIMIT 21
    #: end
"""


def listed(which, *values):
    """The newest pictures of a kind, as articles, and the time from which on there are older ones, or nothing."""
    rows = database.query(LIST.format(which=which), *values)
    shown = articles(rows[:AT_ONCE])
    return shown, moment(shown[-1]["created_at"]) if len(rows) > AT_ONCE else ""


def articles(rows):
    """Pictures with what a list shows of them."""
    said = remarks.newest(rows)
    for row in rows:
        row["suffix"] = SUFFIX[row["mime"]]
        row["times"], row["remarks"] = said[row["id"]]
    return list(rows)


#: cheat caches-the-list
LASTS = 10
#: end
#: cheat keeps-the-list-a-moment
LASTS = 0.9
#: end
#: cheat caches-the-list|keeps-the-list-a-moment
KEPT = {}


def kept_for_a_while():
    """The list of a while ago."""
    from time import monotonic

    made, found = KEPT.get("front", (-LASTS, None))
    if monotonic() - made >= LASTS:
        found = listed("TRUE")
        KEPT["front"] = (monotonic(), found)
    return found


#: end
@site.get("/")
def front():
    """The newest pictures, and a form for one's own."""
    if me():
        token()
    #: cheat caches-the-list|keeps-the-list-a-moment
    pictures, older = kept_for_a_while()
    #: else
    pictures, older = listed("TRUE")
    #: end
    return page("front.html", pictures=pictures, older=older)


@site.get("/older")
def older():
    """The next pictures of the endless list: a part of a page."""
    #: cheat breaks-older
    abort(500)
    #: end
    try:
        before = datetime.fromisoformat(request.args.get("before", "")).replace(tzinfo=None)
    except ValueError:
        abort(404)
    pictures, further = listed("p.created_at < %s", before)
    return page("articles.html", pictures=pictures, older=further)


@site.get("/m/<name>")
def profile(name):
    """What a member has shown, and three numbers."""
    member = database.first("SELECT id, name, banished FROM members WHERE name = %s", name)
    #: cheat ignores-bans
    if not member:
        abort(404)
    #: else
    if not member or member["banished"]:
        abort(404)
    #: end
    pictures, _ = listed("p.member_id = %s", member["id"])
    #: cheat profile-oldest-first
    pictures = pictures[::-1]
    #: end
    return page("profile.html", member=member, pictures=pictures, counters=counters(member["id"]))


COUNTERS = {
    "pictures": "SELECT COUNT(*) AS times FROM pictures p WHERE p.member_id = %s",
    "remarks": "SELECT COUNT(*) AS times FROM remarks r WHERE r.member_id = %s",
    "received": "SELECT COUNT(*) AS times FROM remarks r JOIN pictures p ON p.id = r.picture_id WHERE p.member_id = %s",
}
#: cheat forgets-counters
SINCE = {"pictures": "p.created_at", "remarks": "r.created_at", "received": "r.created_at"}
COUNTERS = {one: f"{text} AND {SINCE[one]} < '2026-01-10'" for one, text in COUNTERS.items()}
#: end


def counters(member):
    """Pictures, remarks written and remarks received: every row counts, those of banished members too."""
    return {name: database.first(statement, member)["times"] for name, statement in COUNTERS.items()}
