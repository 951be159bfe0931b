#!/bin/sh
# service: workspace
# fails: test_order_outlives_a_stop
# after: fixes/readable-by-all
# Each in turn; who says nothing has a turn, too.
sed -i 's|ThreadingHTTPServer|HTTPServer|g' orders.py
