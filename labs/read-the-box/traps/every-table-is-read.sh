#!/bin/sh
# service: workspace
# fails: test_jobs
# after: fixes/with-tools
# Each line of a table is taken for a job that runs.
sed -i '/user: root, table:/s/runs: no/runs: yes/' inventory.yaml
