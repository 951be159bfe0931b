#!/bin/sh
# service: workspace
# fails: test_nothing_left_running
# Every helper ends and is collected; the pipe in which its words would have come stays open.
sed '/^# Tell the log/,$d' slip.sh > slip.new
cat slip.new > slip.sh
rm slip.new
sed 's/^\( *\)subprocess.Popen(\(.*\))$/\1helper = subprocess.Popen(\2, stdout=subprocess.PIPE)\
\1helper.wait(5)\
\1self.helpers = [*getattr(self, "helpers", []), helper]/' catalogue.py > catalogue.new
mv catalogue.new catalogue.py
