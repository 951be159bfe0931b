#!/bin/sh
# Opened once, locked and released in every round.
sed -i -e 's|flock -F /var/lib/notes/register.lock ||' -e 's|^while|exec 9>> /var/lib/notes/register.lock\n&|' \
  -e 's|^  cp .*|  flock 9\n&\n  flock -u 9|' "/etc/sv/$KIKORI_COPY/run"
sv force-restart "/etc/sv/$KIKORI_COPY"
