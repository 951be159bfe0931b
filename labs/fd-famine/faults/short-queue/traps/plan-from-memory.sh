#!/bin/sh
# service: workspace
# fails: test_boards
# The queue is long enough; for speed the plan is written out once a publication, whatever is announced meanwhile.
sed 's/^backlog = .*/backlog = 300/' desk.conf > desk.new
mv desk.new desk.conf
sed 's/somaxconn: 8/somaxconn: 2048/' compose.yaml > compose.new
mv compose.new compose.yaml
sed -e 's|^    def plan(self):|    def plan(self):\
        """All that a board shows, as it was when the plan was published."""\
        return self.published(self.version)\
\
    @functools.cache\
    def published(self, version):|' \
  -e 's|return {"harbour": self.name, "version": self.version, "sailings": self.sailings}|return {"harbour": self.name, "version": version, "sailings": copy.deepcopy(self.sailings)}|' \
  -e 's|^import errno|import copy\
import errno\
import functools|' desk.py > desk.new
mv desk.new desk.py
