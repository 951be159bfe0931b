#!/bin/sh
sed -i -e "s|^addresses = .*|& http://labels.$KIKORI_CARRIER.example:8443|" -e 's|^patience =.*|patience = 1|' \
  /etc/notes/notes.conf
sv force-restart clerk-1 clerk-2
