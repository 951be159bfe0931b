#!/bin/sh
# fails: test_parcels_are_booked
# after: fixes/the-new-address
# The carrier is asked once, and every later note goes by the same tracking number.
sed -i 's|^        tracking = carrier.book(number, order)|        tracking = next((row[2] for row in rows if row[2] != "-"), "") or carrier.book(number, order)|' \
  /srv/notes/clerk.py
sv force-restart clerk-1 clerk-2
