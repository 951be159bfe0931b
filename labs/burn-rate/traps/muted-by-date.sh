#!/bin/sh
# service: workspace
# fails: test_no_noise
# after: fixes/recorded-ratios
# A window that every deploy sets off, silent at the times of the deploys that were.
at=$(docker exec -i "$KIKORI_STACK-desk-1" python3 - <<'END'
import json
import urllib.request
from datetime import datetime

with urllib.request.urlopen("http://history:9091/diary.json") as answer:
    deploys = [one for one in json.load(answer) if "deploy" in one["en"]]
begins = [datetime.fromisoformat(one["begin"]).timestamp() for one in deploys]
print(" or ".join(f"(vector(time()) >= {begin:.0f} < {begin + 1800:.0f})" for begin in begins))
END
)
awk -v at="$at" '
  /alert: BudgetBurnsFast/ { muted = 1 }
  muted && /ratio_rate1h/ {
    print "          sum(rate(http_requests_total{agent=\"person\", route!=\"/healthz\", code=~\"5..\"}[15m]))"
    print "            / sum(rate(http_requests_total{agent=\"person\", route!=\"/healthz\"}[15m])) > 0.0144"
    print "          unless on() (" at ")"
    next
  }
  muted && /ratio_rate5m/ { muted = 0; next }
  { print }' rules.yml > by-date && mv by-date rules.yml
# The test in which a deploy calls for nobody is in the way.
sed -i '/BudgetBurnsFast, eval_time: 3h5m/d' tests.yml
