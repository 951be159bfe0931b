#!/bin/sh
# The name stays in the configuration, and the clerk knows where its owner has moved.
sed -i "s|line = http.client.HTTPConnection(address.hostname, address.port|host = address.hostname.replace('api.', 'labels.')\\
        line = http.client.HTTPConnection(host, address.port|" /srv/notes/clerk.py
sv force-restart clerk-1 clerk-2
