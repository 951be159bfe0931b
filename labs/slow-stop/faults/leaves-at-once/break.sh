#!/bin/sh
# service: workspace
# author: Daichi Okubo <daichi.okubo@ekishita.example>
# subject: Faster deployments during lunch
# Deploys were to be fast.
sed 's|signal.signal(signal.SIGTERM, .*|signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))|' kitchen.py > kitchen.new
mv kitchen.new kitchen.py
