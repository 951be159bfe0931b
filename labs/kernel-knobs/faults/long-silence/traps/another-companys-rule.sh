#!/bin/sh
# service: workspace
# fails: test_firewall_keeps_its_rule
cat >> compose.yaml <<'YAML'
  office:
    environment:
      KIKORI_FORGET: 3600
YAML
