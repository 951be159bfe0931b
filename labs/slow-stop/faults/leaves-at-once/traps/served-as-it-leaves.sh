#!/bin/sh
# service: workspace
# fails: test_nothing_is_hurried
# Whatever is on the stove is written into the book as served, and the service leaves.
sed -e 's|signal.signal(signal.SIGTERM, .*|signal.signal(signal.SIGTERM, lambda *_: stop.put(True))|' \
  -e 's|^            self.changed.wait_for(lambda: not self.stove)|            for order in self.stove.values():\
                self.write(order)|' kitchen.py > kitchen.new
mv kitchen.new kitchen.py
