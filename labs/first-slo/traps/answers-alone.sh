#!/bin/sh
# service: workspace
# fails: test_availability
# The answers are right, and nobody will ever get them again: the queries stay as they were.
cp slo.toml as-it-was.toml
cat > slo.toml <<'END'
window = "30d"

[sli.availability]
objective = 99.5
good = '''sum(increase(http_requests_total{service="front", agent="person", route!="/healthz", code!~"5..|429"}[30d]))'''
valid = '''sum(increase(http_requests_total{service="front", agent="person", route!="/healthz"}[30d]))'''

[sli.latency]
objective = 97.5
good = '''sum(increase(http_request_duration_seconds_bucket{route="/search", agent="person", le="0.25"}[30d]))'''
valid = '''sum(increase(http_request_duration_seconds_count{route="/search", agent="person"}[30d]))'''

[sli.orders]
objective = 99.0
command = "./orders-sli"
END
cat > orders-sli <<'END'
#!/bin/sh
jq -nr '[inputs
  | select(.method == "POST" and .uri == "/orders")
  | select(.user_agent | test("bot|spider|^python-requests/"; "i") | not)
  | .status < 500 and .status != 429 and .request_time < 1
] | "\(map(select(.)) | length) \(length)"' "$1"
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
mv as-it-was.toml slo.toml
