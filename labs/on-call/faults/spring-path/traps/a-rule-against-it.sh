#!/bin/sh
# service: workspace
# fails: left-as-it-is
# A rule of the same name that never fires is to explain the page to whoever comes next.
cat >> watch/rules.yml <<'RULE'
      - alert: ShopIsDown
        expr: vector(0) > 1
        labels: {severity: ticket}
RULE
