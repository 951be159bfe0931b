"""Moderators can banish members. banished is 1 for who was so from the start, 2 for who was banished since."""

from flask import abort, redirect, request

from engawa import database
from engawa.rendering import page
from engawa.sessions import check_token, me, token
from engawa.site import site


def only_moderators():
    """Answer 403 to everybody else."""
    member = me()
    if not member or not member["moderator"]:
        abort(403)


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
    for number in request.form.getlist("member", type=int):
        database.change("UPDATE members SET banished = 2 WHERE id = %s AND banished = 0", number)
    return redirect("/moderate")
