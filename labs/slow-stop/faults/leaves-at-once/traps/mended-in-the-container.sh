#!/bin/sh
# service: kitchen
# fails: test_nothing_is_lost
# then: restart
# Right until the next deployment, which begins with the image.
sed 's|signal.signal(signal.SIGTERM, .*|signal.signal(signal.SIGTERM, lambda *_: stop.put(True))|' \
  /srv/kitchen/kitchen.py > /srv/kitchen/kitchen.new
cat /srv/kitchen/kitchen.new > /srv/kitchen/kitchen.py
rm /srv/kitchen/kitchen.new
