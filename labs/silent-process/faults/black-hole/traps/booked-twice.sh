#!/bin/sh
# fails: test_parcels_are_booked
# after: fixes/the-new-address
# To be sure that the carrier has heard it, each parcel is booked a second time.
sed -i 's|^                tracking = self._ask.*|&\n&|' /srv/notes/clerk.py
sv force-restart clerk-1 clerk-2
