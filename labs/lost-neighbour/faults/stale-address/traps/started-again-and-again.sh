#!/bin/sh
# service: front
# fails: test_nobody_is_cut_off
# after: fixes/read-again-and-again
# The name is looked up at each start, and at each end whoever is being served is cut off.
sed -i 's/nginx -s reload/sv restart nginx/' /etc/service/again/run
