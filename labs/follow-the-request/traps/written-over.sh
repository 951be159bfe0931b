#!/bin/sh
# service: workspace
# after: fixes/sdk-by-hand
# fails: test_given_context
# nginx begins a context for everybody, also for those who bring one.
sed -i '/(?!0{32})/d' front/nginx.conf
