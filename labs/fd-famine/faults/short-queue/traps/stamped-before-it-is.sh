#!/bin/sh
# service: workspace
# fails: test_burst
# The queue is long enough, and who publishes is told of a stamp for which the office is asked behind their back.
sed 's/^backlog = .*/backlog = 300/' desk.conf > desk.new
mv desk.new desk.conf
sed 's/somaxconn: 8/somaxconn: 2048/' compose.yaml > compose.new
mv compose.new compose.yaml
sed -e 's|"stamp": self.harbour.stamp()|"stamp": "stamped"|' -e 's|^            self.announce("reload", {})$|&\
            threading.Thread(target=self.harbour.stamp).start()|' -e 's|^import tempfile|&\
import threading|' desk.py > desk.new
mv desk.new desk.py
