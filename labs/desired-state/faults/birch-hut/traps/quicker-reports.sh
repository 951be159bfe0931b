#!/bin/sh
# service: workspace
# fails: left-as-it-is
# The service answers sooner than the tablet gives up, and reads nothing of the report.
sed "s|    stop_grace_period: 8s|&\\
    command: [\"-c\", \"exec(open('/srv/forecast.py').read().replace('READING = 4.0', 'READING = 1.0'))\"]|" stack.yaml > next.yaml
mv next.yaml stack.yaml
