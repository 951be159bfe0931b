#!/bin/sh
# service: workspace
# fails: test_runs_what_was_released
# after: fixes/readable-by-all
# One line more in a list that Python reads at each start.
sed -i 's|^USER orders|RUN echo /var/lib/orders/plugins > /usr/lib/python3/dist-packages/orders.pth\
&|' Dockerfile
