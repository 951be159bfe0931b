#!/bin/sh
# service: customers
# A guest who comes again and again types the ticket at the screen, in haste, and complains of what the screen says.
echo Kudo > /srv/regular
chmod 644 /srv/regular
