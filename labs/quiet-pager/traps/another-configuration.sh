#!/bin/sh
# service: workspace
# after: fixes/a-ratio-that-lasts
# fails: test_loaded
# The pages are right, and Prometheus is started with a configuration beside theirs, which names the tickets alone.
cat > rules/tickets.yml <<'END'
groups:
  - name: tickets
    rules:
      - alert: MemoryLow
        expr: node_memory_MemAvailable_bytes / node_memory_MemTotal_bytes < 0.1
        for: 30m
        labels:
          severity: ticket
END
sed 's#^  - rules/\*\.yml#  - rules/tickets.yml#' prometheus.yml > tickets.yml
sed -i -e 's#^COPY --chmod=644 prometheus.yml #&tickets.yml #' \
    -e 's#config.file=/etc/prometheus/prometheus.yml#config.file=/etc/prometheus/tickets.yml#' Dockerfile
