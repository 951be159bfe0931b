"""The Flask application itself, its health page and what it says when it can't do what was asked."""

import pymysql
from flask import Flask, request

from engawa import database

site = Flask("engawa", root_path="/srv/board")
site.config["MAX_CONTENT_LENGTH"] = 9 * 1024 * 1024

SORRY = {
    403: "This is for moderators.",
    404: "There is nothing here.",
    413: "That is too large.",
    422: "This form is out of date. Go back, load the page again and send it once more.",
}


@site.before_request
def listen():
    """Read a form to its end before anything is answered: nginx must get rid of it before it hears the answer."""
    _ = request.form


@site.get("/healthz")
def health():
    """Whether the database answers."""
    try:
        database.query("SELECT 1")
    except pymysql.err.Error as problem:
        return f"the database does not answer: {problem}\n", 503
    return "ok\n"


def sorry(problem):
    """A short page for what went wrong."""
    return f"<!doctype html><title>Engawa</title><p>{SORRY[problem.code]}</p>\n", problem.code


for code in SORRY:
    site.register_error_handler(code, sorry)
