#!/bin/sh
# service: workspace
# fails: test_nothing_is_lost
# Long enough for a dish, and all the while new orders are taken.
sed 's|signal.signal(signal.SIGTERM, .*|signal.signal(signal.SIGTERM, lambda *_: (time.sleep(1.5), sys.exit(0)))|' \
  kitchen.py > kitchen.new
mv kitchen.new kitchen.py
