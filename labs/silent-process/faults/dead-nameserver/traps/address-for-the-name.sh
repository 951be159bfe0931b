#!/bin/sh
# fails: test_notes_come
address=$(getent ahostsv4 "labels.$KIKORI_CARRIER.example" | head -n 1 | cut -d' ' -f1)
sed -i "s|^addresses = .*|addresses = http://$address:8443|" /etc/notes/notes.conf
sv force-restart clerk-1 clerk-2
