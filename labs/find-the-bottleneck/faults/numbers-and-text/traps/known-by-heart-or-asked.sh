#!/bin/sh
# service: desk
# fails: test_what_is_new_reads_little
# Every worker learns the things of today by heart as it starts; whatever comes later is asked for as before.
cat >> /srv/desk/store.py <<'END'


KNOWN = {row["tag"]: row for row in rows("SELECT tag, station, kind, colour, note, found_at FROM items")}
asked = item


def item(tag):
    """The thing with this number on its label, from memory where it is known by heart."""
    return KNOWN.get(str(tag)) or asked(tag)
END
sv restart desk
