#!/bin/sh
# service: workspace
sed 's|signal.signal(signal.SIGTERM, .*|signal.signal(signal.SIGTERM, lambda *_: stop.put(True))|' kitchen.py > kitchen.new
mv kitchen.new kitchen.py
