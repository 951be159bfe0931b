#!/bin/sh
# service: workspace
# after: fixes/sdk-by-hand
# fails: test_front_log
# nginx hands the context on, and its log says everything but that.
sed -i '/seconds.:.request_time/s/,"trace_id":"[^"]*"//' front/nginx.conf
