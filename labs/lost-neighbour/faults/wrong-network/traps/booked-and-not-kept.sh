#!/bin/sh
# service: workspace
# fails: test_another_address_is_followed
# after: fixes/seats-comes-to-the-pier
# The store has the number of seats; who booked them is in the head of the service alone.
sed -i -e 's/^    def free(self):$/    taken = {}\n\n&/' \
  -e 's/^        self.ask("SET", f"booking:.*/        self.taken[number] = count/' \
  -e 's/kept = self.ask("GETDEL".*/kept = self.taken.pop(number, None)/' \
  -e 's/int(kept.split(":")\[0\])/kept/' seats.py
