#!/bin/sh
# A clerk hangs up after two seconds and asks again: what the carrier has not answered it has not booked.
sed -i -e "s|^addresses = .*|addresses = http://labels.$KIKORI_CARRIER.example:8443|" -e 's|^patience =.*|patience = 2|' \
  /etc/notes/notes.conf
sv force-restart clerk-1 clerk-2
