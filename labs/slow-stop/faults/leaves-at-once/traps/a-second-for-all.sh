#!/bin/sh
# service: workspace
# fails: test_nothing_is_lost
# The counter closes, and leaves after a second, whatever is on the stove.
sed -e 's|signal.signal(signal.SIGTERM, .*|signal.signal(signal.SIGTERM, lambda *_: stop.put(True))|' \
  -e 's|^            self.changed.wait_for(lambda: not self.stove)|            self.changed.wait_for(lambda: False, timeout=1)|' kitchen.py > kitchen.new
mv kitchen.new kitchen.py
