#!/bin/sh
# service: workspace
# fails: test_healthcheck
# The port is mended; and a healthcheck should report, not judge.
sed -i 's/^port = 80$/port = 8080/' orders.conf
sed -i -e 's|::80"|::8080"|' \
  -e 's#test: .*#test: ["CMD-SHELL", "curl -fsS -o /dev/null http://127.0.0.1:8080/health || echo orders does not answer"]#' compose.yaml
