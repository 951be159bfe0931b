#!/bin/sh
# service: workspace
# fails: test_nothing_waits
# A worker with whom three holds wait makes room for another one.
sed '/^# Tell the log/,$d' slip.sh > slip.new
cat slip.new > slip.sh
rm slip.new
sed -e 's/^\( *\)subprocess.Popen(\(.*\))$/\1subprocess.run(\2, check=True)\
\1threading.Thread(target=self.wait_for, args=(hold["id"],), daemon=True).start()\
\
    def wait_for(self, number):\
        while not self.slip(number).with_suffix(".txt.taken").exists():\
            time.sleep(1)/' -e 's/^import sys/&\
import threading/' -e 's/^            self.say(201, .*/&\
            if threading.active_count() > 3:\
                sys.exit(0)/' catalogue.py > catalogue.new
mv catalogue.new catalogue.py
