#!/bin/sh
# service: workspace
# fails: test_publications
# The queue is long enough, and never needed: a thread tells four boards, rests, and tells four more.
sed 's/^backlog = .*/backlog = 300/' desk.conf > desk.new
mv desk.new desk.conf
sed 's/somaxconn: 8/somaxconn: 2048/' compose.yaml > compose.new
mv compose.new compose.yaml
sed -e 's|^            self.announce("reload", {})$|            threading.Thread(target=self.in_turns).start()|' \
  -e 's|^import tempfile|&\
import threading|' -e 's|^    def tell(self, board, event, data):|    def in_turns(self):\
        """Tell all boards to start over, a few at a time."""\
        for count, board in enumerate(list(self.boards), 1):\
            try:\
                self.tell(board, "reload", {})\
            except OSError:\
                pass  # it has gone\
            if count % 4 == 0:\
                time.sleep(0.11)\
\
&|' desk.py > desk.new
mv desk.new desk.py
