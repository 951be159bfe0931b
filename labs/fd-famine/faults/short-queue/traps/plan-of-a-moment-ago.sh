#!/bin/sh
# service: workspace
# fails: test_boards
# The queue is long enough; for speed the plan is written out once a second at most, whatever is announced meanwhile.
sed 's/^backlog = .*/backlog = 300/' desk.conf > desk.new
mv desk.new desk.conf
sed 's/somaxconn: 8/somaxconn: 2048/' compose.yaml > compose.new
mv compose.new compose.yaml
sed -e 's|^    def plan(self):|    def plan(self):\
        """All that a board shows, as it was within the last second."""\
        written, version, plan = self.written\
        if version != self.version or time.monotonic() - written > 1:\
            plan = copy.deepcopy(self.whole_plan())\
            self.written = time.monotonic(), self.version, plan\
        return plan\
\
    def whole_plan(self):|' -e 's|^        self.version = 1$|&\
        self.written = 0, 0, {}|' -e 's|^import errno|import copy\
&|' desk.py > desk.new
mv desk.new desk.py
