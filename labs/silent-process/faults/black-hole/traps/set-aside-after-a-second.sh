#!/bin/sh
# fails: test_orders_outlast_an_outage
# after: fixes/the-new-address
# An order that can't be booked within a second must not hold up the others: it goes where somebody may look at it.
install -d -o notes -g notes /var/lib/notes/failed
sed -i 's|^            time.sleep(0.5).*|            file.rename(paths.HOME / "failed" / file.name)|' /srv/notes/clerk.py
sed -i 's|^patience =.*|patience = 1|' /etc/notes/notes.conf
sv force-restart clerk-1 clerk-2
