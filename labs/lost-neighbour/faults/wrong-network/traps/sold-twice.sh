#!/bin/sh
# service: workspace
# fails: test_refusal
# after: fixes/seats-comes-to-the-pier
# Nobody is refused: more seats are sold than the ferry has.
sed -i 's/if int(self.ask("DECRBY", "free", count)) < 0:/if int(self.ask("DECRBY", "free", count)) < -1000000:/' seats.py
