"""Saying something about a picture."""

from flask import redirect, request

from engawa import database
from engawa.pictures import found
from engawa.sessions import check_token, me, say
from engawa.site import site


@site.post("/p/<int:number>/remarks")
def remark(number):
    """Take a remark in."""
    member = me()
    if not member:
        return redirect("/login")
    check_token()
    found(number)
    words = request.form.get("words", "").strip()
    if not words or len(words) > 2000:
        say("A remark has at least one word, and at most 2000 characters.")
        return redirect(f"/p/{number}")
    database.change(
        "INSERT INTO remarks (picture_id, member_id, words, created_at) VALUES (%s, %s, %s, UTC_TIMESTAMP(3))",
        number, member["id"], words,
    )  # fmt: skip
    return redirect(f"/p/{number}")
