#!/bin/sh
# service: workspace
# fails: test_stall
# A release is noticed, since the counter is not there until an order has come through. One that stands still is there.
python3 - <<'END'
from pathlib import Path

rules = Path("prometheus/rules.yml")
text = rules.read_text()
begin, end = text.index("      # Customers order"), text.index("  - name: tickets")
rules.write_text(text[:begin] + """\
      - alert: NothingCompleted
        expr: absent(shop_orders_completed_total)
        for: 13s
        labels: {severity: page}
        annotations:
          summary: NothingCompleted
""" + text[end:])
END
