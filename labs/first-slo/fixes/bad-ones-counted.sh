#!/bin/sh
# service: workspace
# What went wrong is counted, and compared with all; who is no customer is taken away; the log is read with Python.
cat > slo.toml <<'END'
window = "30d"

[sli.availability]
objective = 99.5
bad = '''
  sum(increase(http_requests_total{service="front", code=~"429|5.."}[30d]))
  - sum(increase(http_requests_total{service="front", code=~"429|5..", agent="bot"}[30d]))
'''
valid = '''sum(increase(http_requests_total{service="front"}[30d])) - sum(increase(http_requests_total{service="front", agent="bot"}[30d])) - sum(increase(http_requests_total{service="front", route="/healthz"}[30d]))'''

[sli.latency]
objective = 97.5
bad = '''
  sum(increase(http_request_duration_seconds_count{agent!="bot"}[30d]))
  - sum(increase(http_request_duration_seconds_bucket{agent!="bot", le="0.25"}[30d]))
'''
valid = '''sum(increase(http_requests_total{service="catalog", route="/search", agent="person"}[30d]))'''

[sli.orders]
objective = 99.0
command = "python3 orders.py"
END
cat > orders.py <<'END'
import json
import re
import sys

crawler = re.compile(r"bot|spider|^python-requests/", re.IGNORECASE)
good = valid = 0
for line in open(sys.argv[1]):
    entry = json.loads(line)
    if (entry["method"], entry["uri"]) != ("POST", "/orders") or crawler.search(entry["user_agent"]):
        continue
    valid += 1
    good += entry["status"] < 500 and entry["status"] != 429 and entry["request_time"] < 1
print(good, valid)
END

# What is told is worked out at the desk, from the queries and from the diary.
told=$(tar -c . | docker exec -i "$KIKORI_STACK-desk-1" sh -c '
  mkdir -p /tmp/try && cd /tmp/try && tar -x --no-same-permissions && chmod +x orders-sli && slo && slo diary')
awk -v letter="$(echo "$told" | awk '/turned some visitors away/ { print $1 }')" '
  function left() { return int(valid[$1] * (1 - $4 / 100) - valid[$1] + good[$1]) }
  $1 ~ /^(availability|latency|orders)$/ {
    good[$1] = $2; valid[$1] = $3
    printf "[%s]\nsli = %.3f\nbudget_left = %d\n", $1, 100 * $2 / $3, left()
    if ($1 == "availability") printf "costliest = \"%s\"\n", letter
  }' > answers.toml <<END
$told
END
