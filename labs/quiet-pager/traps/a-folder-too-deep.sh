#!/bin/sh
# service: workspace
# after: fixes/a-ratio-that-lasts
# fails: test_watching
# Prometheus takes an asterisk in the name of a file alone, and does not start with one in the name of a folder.
mv rules/shop.yml rules/pages.yml
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
sed -i 's/^  - rules\/\*\.yml/  - rules\/**\/pages.yml\n  - rules\/tickets.yml/' prometheus.yml
