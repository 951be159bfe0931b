#!/bin/sh
# service: workspace
# fails: test_customers
# Both fronts are to be alike: now both have the limit.
cp front/front-2.conf front/nginx.conf
rm front/front-2.conf
