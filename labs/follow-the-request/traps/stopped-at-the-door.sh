#!/bin/sh
# service: workspace
# after: fixes/sdk-by-hand
# fails: test_given_context
# The line of the log has an id; the header that was given goes no further than nginx.
sed -i '/proxy_set_header traceparent/d' front/nginx.conf
