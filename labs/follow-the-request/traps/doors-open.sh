#!/bin/sh
# service: workspace
# after: fixes/sdk-by-hand
# fails: test_doors
# The front hands everything on, what is for the staff too.
sed -i '/location ~ ^\/(metrics/,/}/d' front/nginx.conf
