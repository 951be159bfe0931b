#!/bin/sh
sed -i "s|^addresses = .*|addresses = http://labels.$KIKORI_CARRIER.example:8443|" /etc/notes/notes.conf
sv force-restart clerk-1 clerk-2
