#!/bin/sh
# service: desk
# "A tag is a number, so say so": nonsense in the address gets a 404 without a question to the database.
sed -i 's|^@app.get("/items/<tag>")$|@app.get("/items/<int:tag>")|' /srv/desk/desk.py
sv restart desk
