#!/bin/sh
# service: workspace
# fails: test_nothing_is_lost
sed -e 's|signal.signal(signal.SIGTERM, .*|signal.signal(signal.SIGTERM, lambda *_: stop.put(True))|' \
  -e 's|wait_for(lambda: not self.stove)|wait_for(lambda: not self.stove, timeout=0.2)|' kitchen.py > kitchen.new
mv kitchen.new kitchen.py
