#!/bin/sh
# fails: test_parcels_are_booked
# after: fixes/the-new-address
# Parcels are booked eight at a time, for nobody, so that an order need not wait for the carrier.
sed -i '/^        """The tracking number of a new parcel/a\
        self.ready = getattr(self, "ready", None) or [\
            self._ask(urlsplit(self.addresses[0]), {"reference": 0, "to": "-"}) for _ in range(8)\
        ]\
        return self.ready.pop()' /srv/notes/clerk.py
sv force-restart clerk-1 clerk-2
