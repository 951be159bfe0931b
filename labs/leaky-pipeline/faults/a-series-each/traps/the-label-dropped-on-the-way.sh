#!/bin/sh
# fails: test_graph_counts
# A thousand series get one name, and one of them wins.
sed -i 's/sample_limit: 300/sample_limit: 100000\n    metric_relabel_configs:\n      - {regex: telegram, action: labeldrop}/' /etc/vmagent/scrape.yml
sv restart vmagent
