#!/bin/sh
# service: workspace
# fails: test_answers
# after: fixes/asked-directly
# What may be bad is taken as a share of the good events, not of the valid ones.
told=$(tar -c . | docker exec -i "$KIKORI_STACK-desk-1" sh -c '
  mkdir -p /tmp/try && cd /tmp/try && tar -x --no-same-permissions && chmod +x orders-sli && slo')
left=$(echo "$told" | awk '$1 == "availability" { print int($2 * (1 - $4 / 100) - $3 + $2) }')
sed -i "/^\[availability\]/,/^costliest/s/^budget_left = .*/budget_left = $left/" answers.toml
