#!/bin/sh
# service: workspace
# fails: test_nothing_left_running
# No helper waits any more; each leaves its draft of the slip in the folder, for whoever may want it.
sed -e '/^# Tell the log/,$d' -e 's/^mv /cp /' slip.sh > slip.new
cat slip.new > slip.sh
rm slip.new
sed 's/subprocess.Popen(\(.*\))$/subprocess.run(\1, check=True, timeout=5)/' catalogue.py > catalogue.new
mv catalogue.new catalogue.py
