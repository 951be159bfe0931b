#!/bin/sh
# service: workspace
# fails: test_processes
# after: fixes/with-tools
# A service that lies prepared is taken for one that the supervisor starts.
sed -i -E '/\.(py|pl),/s|(program: /[^,]*/([a-z]+)d?\.p[yl], .*started_by: )nobody|\1/etc/service/\2|' inventory.yaml
