#!/bin/sh
# service: workspace
# fails: test_a_release_is_not_noticed
# A report that nobody reads is taken in no time, and nothing is in hand when a task is killed.
sed "s|    stop_signal: SIGKILL|&\\
    command: [\"-c\", \"exec(open('/srv/forecast.py').read().replace('READING = 4.0', 'READING = 0.0'))\"]|" stack.yaml > next.yaml
mv next.yaml stack.yaml
