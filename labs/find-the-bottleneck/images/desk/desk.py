"""The desk of the lost property office.

GET  /                     who we are
GET  /health               for the healthcheck
GET  /items/TAG            a thing that was found
POST /items                a thing that was just found: {"tag", "station", "kind", "colour", "note"}
GET  /stations/ID          the last twenty things that were found at a station
GET  /claims?phone=NUMBER  what somebody has told us that they lost, the newest first
POST /claims               something that was lost: {"phone", "station", "wish"}; a slip with its number is printed
"""

import os

import printer
import store
from flask import Flask, abort, request

app = Flask(__name__)


@app.get("/")
def about():
    """Who we are."""
    return {"office": f"{os.environ['KIKORI_RAILWAY']} Railway, lost property", "item": "/items/107919"}


@app.get("/health")
def health():
    """That we live."""
    return {"desk": "open"}


@app.get("/items/<tag>")
def item(tag):
    """A thing, by the number on its label."""
    return store.item(tag) or abort(404)


@app.post("/items")
def add_item():
    """Put a thing on the shelf."""
    store.add_item(request.get_json())
    return {"kept": True}, 201


@app.get("/stations/<int:station>")
def found(station):
    """What was found at a station lately."""
    return store.found(station)


@app.get("/claims")
def claims():
    """What somebody has lost."""
    return store.claims(request.args["phone"])


@app.post("/claims")
def claim():
    """Write down what somebody has lost, and print a slip while they wait."""
    told = request.get_json()
    with store.transaction() as cursor:
        number = store.next_number(cursor, told["station"])
        store.add_claim(cursor, number, told)
    printer.print_slip(number, told)
    return {"station": told["station"], "number": number}, 201
