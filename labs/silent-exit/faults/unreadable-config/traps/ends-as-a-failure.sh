#!/bin/sh
# service: workspace
# fails: test_order_outlives_a_stop
# after: fixes/readable-by-all
# It ends at once, and says that it failed.
sed -i 's|lambda \*_: sys.exit(0)|lambda *_: os._exit(1)|' orders.py
