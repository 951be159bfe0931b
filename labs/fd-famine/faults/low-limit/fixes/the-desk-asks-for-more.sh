#!/bin/sh
# service: workspace
# A process may raise its own soft limit, up to the hard one.
sed -e 's|^import re$|&\
import resource|' -e 's|^    signal.signal(signal.SIGTERM.*|&\
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]\
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))|' desk.py > desk.new
mv desk.new desk.py
