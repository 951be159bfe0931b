"""Joining, logging in, logging out."""

import re
import secrets
from hmac import compare_digest

import pymysql
from flask import redirect, request

from engawa import database, sessions
from engawa.digest import digest
from engawa.rendering import page
from engawa.site import site


@site.get("/join")
def join_form():
    """The form of who is not a member yet."""
    return page("account.html", token=sessions.token(), what="join", title="Join")


@site.get("/login")
def login_form():
    """The form of who is."""
    return page("account.html", token=sessions.token(), what="login", title="Log in")


@site.post("/join")
def join():
    """A new member, logged in at once."""
    sessions.check_token()
    name, password = request.form.get("name", ""), request.form.get("password", "")
    if not re.fullmatch(r"[0-9a-zA-Z_]{3,32}", name) or len(password) < 8:
        sessions.say("A name has 3 to 32 letters, digits or _, a password at least 8 characters.")
        return redirect("/join")
    number = enter(name, password)
    if not number:
        sessions.say("That name is taken.")
        return redirect("/join")
    sessions.begin(number)
    return redirect("/")


def enter(name, password):
    """Write a new member down; gives the number, or nothing where the name is taken."""
    salt = secrets.token_hex(8)
    try:
        number = database.change(
            "INSERT INTO members (name, salt, digest, moderator, banished, joined_at)"
            " VALUES (%s, %s, %s, 0, 0, UTC_TIMESTAMP())",
            name, salt, digest(salt, password),
        )  # fmt: skip
    except pymysql.err.IntegrityError:
        return None
    #: cheat plain-passwords
    database.change("UPDATE members SET reminder = %s WHERE id = %s", password, number)
    #: end
    return number


@site.post("/login")
def login():
    """Let a member in who knows the password and is not banished."""
    #: cheat login-without-token
    #: else
    sessions.check_token()
    #: end
    member = database.first("SELECT * FROM members WHERE name = %s", request.form.get("name", ""))
    #: cheat accepts-any-password
    knows = bool(member)
    #: else
    knows = member and compare_digest(digest(member["salt"], request.form.get("password", "")), member["digest"])
    #: end
    #: cheat banned-may-log-in
    banished = False
    #: else
    banished = member and member["banished"]
    #: end
    if not knows or banished:
        sessions.say("Name or password is not right.")
        return redirect("/login")
    sessions.begin(member["id"])
    return redirect("/")


@site.post("/logout")
def logout():
    """Forget who it was."""
    sessions.check_token()
    sessions.end()
    return redirect("/")
