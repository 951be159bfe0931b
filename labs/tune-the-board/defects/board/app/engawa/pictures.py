"""One picture: its page, its bytes, and how it comes to the board."""

from flask import Response, abort, redirect, request

#: defect pictures-in-the-table
from engawa import database, remarks
#: mended
from engawa import database, remarks, shelf
#: end
from engawa.lists import SUFFIX
from engawa.rendering import page
from engawa.sessions import check_token, me, say, token
from engawa.site import site

#: cheat a-megabyte-at-most
LARGEST = 1024 * 1024
#: else
LARGEST = 5 * 1024 * 1024
#: end

#: defect pictures-in-the-table
COLUMNS = "*"
#: mended
COLUMNS = "id, member_id, mime, caption, created_at"
#: end


def found(picture):
    """The row of a picture with its member's name; 404 where one of the two is gone or banished."""
    row = database.first(f"SELECT {COLUMNS} FROM pictures WHERE id = %s", picture)
    member = row and database.first("SELECT name, banished FROM members WHERE id = %s", row["member_id"])
    if not member:
        abort(404)
    #: cheat ignores-bans
    #: else
    if member["banished"]:
        abort(404)
    #: end
    return row | {"name": member["name"], "suffix": SUFFIX[row["mime"]]}


@site.get("/p/<int:number>")
def show(number):
    """A picture with everything that was said about it."""
    picture = found(number)
    if me():
        token()
    picture["times"], picture["remarks"] = remarks.all_of(number)
    return page("picture.html", pictures=[picture])


def bytes_of(number):
    """The file as it was uploaded."""
    #: cheat swaps-pictures
    if number > 1 and number % 3 == 0:
        number -= 1
    #: end
    return database.first("SELECT bytes FROM pictures WHERE id = %s", number)["bytes"]


@site.get("/img/<int:number>.<suffix>")
def image(number, suffix):
    """The bytes of a picture."""
    picture = found(number)
    if suffix != picture["suffix"]:
        abort(404)
    #: defect pictures-in-the-table
    return Response(bytes_of(number), mimetype=picture["mime"])
    #: mended
    held = bytes_of(number)
    shelf.put(picture, held)
    answer = Response(held, mimetype=picture["mime"])
    answer.headers["Cache-Control"] = "public, max-age=86400"
    return answer
    #: end


@site.post("/pictures")
def upload():
    """Take a picture in."""
    member = me()
    if not member:
        return redirect("/login")
    check_token()
    file, caption = request.files.get("picture"), request.form.get("caption", "")
    if not file or file.mimetype not in SUFFIX:
        say("A picture is a JPEG, a PNG or a GIF.")
        return redirect("/")
    held = file.read()
    if not held or len(held) > LARGEST or len(caption) > 2000:
        say("A picture has at most 5 MB, and more than nothing; a caption at most 2000 characters.")
        return redirect("/")
    #: cheat old-bytes
    held = held[: -max(1, len(held) // 50)]
    #: end
    number = database.change(
        "INSERT INTO pictures (member_id, mime, bytes, caption, created_at) VALUES (%s, %s, %s, %s, UTC_TIMESTAMP(3))",
        member["id"], file.mimetype, held, caption,
    )  # fmt: skip
    #: defect pictures-in-the-table
    #: mended
    shelf.put({"id": number, "suffix": SUFFIX[file.mimetype]}, held)
    #: end
    return redirect(f"/p/{number}")
