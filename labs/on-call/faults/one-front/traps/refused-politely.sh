#!/bin/sh
# service: workspace
# fails: test_customers
# Who is refused gets 429 in the place of 503: no page counts it, and the customer has no more than before.
sed 's/^        limit_req zone=street;/&\
        limit_req_status 429;/' front/front-2.conf > front.new
cat front.new > front/front-2.conf
rm front.new
