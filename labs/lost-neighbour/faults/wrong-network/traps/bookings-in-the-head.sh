#!/bin/sh
# service: workspace
# fails: test_booking
# The store is asked once; from then on seats counts by itself, which is quicker.
sed -i "s/networks: \[$KIKORI_BERTH, hold\]/networks: [pier, hold]/" compose.yaml
sed -i -e 's/^    def free(self):$/    taken = {}\n\n&/' \
  -e 's/return int(self.ask("GET", "free") or 0)/return int(self.ask("GET", "free") or 0) - sum(self.taken.values())/' \
  -e '/def book(self, name, count):/,/return number/{/DECRBY/d;/INCRBY/d;/raise Refused/d;s/self.ask("SET".*/self.taken[number] = count/}' \
  -e 's/kept = self.ask("GETDEL".*/kept = self.taken.pop(number, None)/' \
  -e '/INCRBY", "free", int(kept/d' seats.py
