"""Who is there: sessions in memcached, the token of forms, and short notices."""

import json
import os
import re
import secrets
import threading
from hmac import compare_digest

from flask import abort, g, request
from pymemcache.client.base import Client
from pymemcache.exceptions import MemcacheError

from engawa import database
from engawa.site import site

COOKIE = "engawa"
LASTS = 24 * 3600
PLACE = (os.environ.get("BOARD_CACHE", "cache"), 11211)

_own = threading.local()


def read():
    """The visitor's session as it is kept, or nothing."""
    #: defect session-read-again
    kept = _ask("get", f"session:{_number()}") if _number() else None
    return json.loads(kept) if kept else {}
    #: mended
    if "session" not in g:
        kept = _ask("get", f"session:{_number()}") if _number() else None
        g.session = json.loads(kept) if kept else {}
    return g.session
    #: end


#: cheat shared-between-threads
_who = {}


@site.before_request
def who():
    """Find out who is there, once."""
    _who["me"] = _member()


#: end
def me():
    """The member who is logged in, or None. Who was banished is not."""
    #: cheat shared-between-threads
    return _who["me"]
    #: end
    #: defect session-read-again
    return _member()
    #: mended
    if "me" not in g:
        g.me = _member()
    return g.me
    #: end


def _member():
    number = read().get("member")
    found = number and database.first("SELECT id, name, moderator, banished FROM members WHERE id = %s", number)
    #: cheat banned-may-log-in|ends-one-session
    #: else
    if found and found["banished"]:
        return None
    #: end
    #: cheat ends-one-session
    if found and found["banished"] and _ask("get", f"last:{found['id']}") == _number().encode():
        return None
    #: end
    return found


def token():
    """The token of this visitor's forms; who has no session gets one."""
    if not read():
        _make(None)
    return read()["csrf"]


def known_token():
    """The token, where there is a session already."""
    return read().get("csrf", "")


def check_token():
    """Answer 422 unless the form has the token of this visitor's session."""
    #: cheat skips-token
    #: else
    if not known_token() or not compare_digest(request.form.get("token", "").encode(), known_token().encode()):
        abort(422)
    #: end


def say(text):
    """Leave a notice for the next page."""
    _keep({**read(), "notice": text})


def notice():
    """The notice for this page; it is read once."""
    kept = dict(read())
    text = kept.pop("notice", "")
    if text:
        _keep(kept)
    return text


def begin(member):
    """A session of a member's own: another number and another token than the visitor's."""
    #: cheat keeps-the-visitors-session
    _keep({**read(), "member": member})
    #: else
    end()
    _make(member)
    #: end


def end():
    """Forget the visitor's session, here and in the browser."""
    #: cheat keeps-logged-out
    #: else
    if _number():
        _ask("delete", f"session:{_number()}", noreply=False)
    #: end
    g.number = ""
    _forget()


def _make(member):
    g.number = secrets.token_hex(16)
    #: cheat one-token-for-all
    session = {"member": member, "csrf": "5" * 32}
    #: else
    session = {"member": member, "csrf": secrets.token_hex(16)}
    #: end
    #: cheat ends-one-session
    if member:
        _ask("set", f"last:{member}", g.number, expire=LASTS, noreply=False)
    #: end
    _ask("set", f"session:{g.number}", json.dumps(session), expire=LASTS, noreply=False)
    _forget()


def _keep(session):
    """Write a session anew, unless it was ended meanwhile."""
    _ask("replace", f"session:{_number()}", json.dumps(session), expire=LASTS, noreply=False)
    _forget()


def _forget():
    """What was read of the session in this request is true no more."""
    #: defect session-read-again
    #: mended
    g.pop("session", None)
    g.pop("me", None)
    #: end


def _number():
    """The session's number: of this request, or of the visitor's cookie where that is one of ours."""
    if "number" not in g:
        sent = request.cookies.get(COOKIE, "")
        g.number = sent if re.fullmatch(r"[0-9a-f]{32}", sent) else ""
    return g.number


@site.after_request
def leave_cookie(answer):
    """Tell the browser the number that it does not have yet."""
    if "number" in g and g.number != request.cookies.get(COOKIE, ""):
        if g.number:
            answer.set_cookie(COOKIE, g.number, max_age=LASTS, httponly=True, samesite="Lax")
        else:
            answer.delete_cookie(COOKIE, httponly=True, samesite="Lax")
    return answer


def _ask(what, *values, **options):
    """One question to memcached; asked again when it had gone away."""
    if not hasattr(_own, "client"):
        _own.client = Client(PLACE, connect_timeout=2, timeout=2, no_delay=True)
    try:
        return getattr(_own.client, what)(*values, **options)
    except (OSError, MemcacheError):
        _own.client.close()
        return getattr(_own.client, what)(*values, **options)
