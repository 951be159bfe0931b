#!/bin/sh
# service: workspace
# fails: test_stop_is_quick
# No handler, and PID 1 has no default: the kernel keeps the signal from it.
sed '/signal.signal(signal.SIGTERM/d' kitchen.py > kitchen.new
mv kitchen.new kitchen.py
