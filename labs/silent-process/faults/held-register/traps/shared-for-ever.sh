#!/bin/sh
# fails: test_notes_come
# A shared lock keeps out those who want one for themselves, just as long.
sed -i 's|flock -F|flock -s -F|' "/etc/sv/$KIKORI_COPY/run"
sv force-restart "/etc/sv/$KIKORI_COPY"
