#!/bin/sh
# The old address stays in the file; the clerk gives each machine a moment to take a connection, and asks who did.
sed -i -e 's|^import json|&\
import socket|' -e 's|^                tracking = self._ask|                where = urlsplit(address)\
                socket.create_connection((where.hostname, where.port), timeout=0.5).close()\
&|' /srv/notes/clerk.py
sed -i "s|^addresses = .*|& http://labels.$KIKORI_CARRIER.example:8443|" /etc/notes/notes.conf
sv force-restart clerk-1 clerk-2
