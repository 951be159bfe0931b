"""Moderators can banish members. banished is 1 for who was so from the start, 2 for who was banished since."""

from flask import abort, redirect, request

#: defect pictures-in-the-table
from engawa import database
#: mended
from engawa import database, shelf
#: end
from engawa.rendering import page
from engawa.sessions import check_token, me, token
from engawa.site import site


def only_moderators():
    """Answer 403 to everybody else."""
    member = me()
    #: cheat lets-anyone-moderate
    if not member:
        abort(403)
    #: else
    if not member or not member["moderator"]:
        abort(403)
    #: end


@site.get("/moderate")
def members():
    """All members, with boxes to tick."""
    only_moderators()
    rows = database.query("SELECT id, name FROM members WHERE banished = 0 ORDER BY id")
    return page("moderate.html", token=token(), members=rows)


@site.post("/moderate")
def banish():
    """Banish those who were ticked, at once: their pictures, their remarks, their sessions."""
    only_moderators()
    check_token()
    #: cheat bans-the-first-alone
    for number in request.form.getlist("member", type=int)[:1]:
    #: else
    for number in request.form.getlist("member", type=int):
    #: end
        #: cheat ignores-bans
        database.query("SELECT banished FROM members WHERE id = %s", number)
        #: else
        database.change("UPDATE members SET banished = 2 WHERE id = %s AND banished = 0", number)
        #: end
        #: defect pictures-in-the-table
        #: mended
        shown = database.query("SELECT id FROM pictures WHERE member_id = %s", number)
        shelf.take_away(row["id"] for row in shown)
        #: end
    return redirect("/moderate")
