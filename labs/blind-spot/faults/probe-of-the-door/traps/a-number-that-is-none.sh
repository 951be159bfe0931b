#!/bin/sh
# service: workspace
# after: fixes/walk-to-the-end
# fails: test_closing
# In a closed shop there is no number, and the walk looks for the order of that name until its patience is over.
sed -i -e '/if status == 503/,/return bool/d' -e 's/range(24 if status == 201 else 0)/range(24)/' \
  -e 's/json.loads(said)\["order"\]/str(json.loads(said).get("order"))/' probe/journeys.py
