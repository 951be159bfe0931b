#!/bin/sh
# service: workspace
# author: Mio Hasegawa <mio@fude.example>
# subject: Page on what real customers order, not on test orders
# Real orders count for more than test orders, so the probe was retired, and a rule took its place.
cat > probe/journeys.py <<'END'
"""The walks of the probe: none at the moment."""

JOURNEYS = {}
END
python3 - <<'END'
from pathlib import Path

rules = Path("prometheus/rules.yml")
text = rules.read_text()
begin, end = text.index("      # Somebody who orders"), text.index("  - name: tickets")
rules.write_text(text[:begin] + """\
      # Customers order, and not one order is completed.
      - alert: OrdersDoNotComeThrough
        expr: |
          sum(rate(shop_orders_accepted_total[5s])) > 0.2
            and sum(rate(shop_orders_completed_total[5s])) == 0
        for: 2s
        labels: {severity: page}
        annotations:
          summary: Orders are accepted, and none is completed.
""" + text[end:])
END
