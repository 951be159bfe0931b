#!/bin/sh
# service: workspace
# Recording rules keep what happened in each hour, and the month is the sum of its hours; the log is read with awk.
cat > slo.toml <<'END'
window = "30d"

[sli.availability]
objective = 99.5
bad = "sum(sum_over_time(shop:bad:increase1h[30d:1h]))"
valid = "sum(sum_over_time(shop:valid:increase1h[30d:1h]))"

[sli.latency]
objective = 97.5
good = "sum_over_time(shop:search_in_time:increase1h[30d:1h])"
valid = "sum_over_time(shop:search:increase1h[30d:1h])"

[sli.orders]
objective = 99.0
command = "LC_ALL=C ./orders-sli"
END
cat > rules.yml <<'END'
groups:
  - name: hours
    interval: 1h
    rules:
      - record: shop:valid:increase1h
        expr: sum by (route) (increase(http_requests_total{service="front", agent="person", route!="/healthz"}[1h]))
      - record: shop:bad:increase1h
        expr: sum by (route) (increase(http_requests_total{service="front", agent="person", route!="/healthz", code=~"5..|429"}[1h]))
      - record: shop:search:increase1h
        expr: sum(increase(http_request_duration_seconds_bucket{agent="person", le="+Inf"}[1h]))
      - record: shop:search_in_time:increase1h
        expr: sum(increase(http_request_duration_seconds_bucket{agent="person", le="0.25"}[1h]))
END
cat > orders-sli <<'SCRIPT'
#!/bin/sh
awk '
  !/"method":"POST","uri":"\/orders"/ { next }
  tolower($0) ~ /"user_agent":"[^"]*(bot|spider)/ || /"user_agent":"python-requests/ { next }
  {
    match($0, /"status":[0-9]+/); status = substr($0, RSTART + 9, RLENGTH - 9) + 0
    match($0, /"request_time":[0-9.]+/); took = substr($0, RSTART + 15, RLENGTH - 15) + 0
    valid++
    if (status < 500 && status != 429 && took < 1) good++
  }
  END { print good + 0, valid + 0 }' "$1"
SCRIPT

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
