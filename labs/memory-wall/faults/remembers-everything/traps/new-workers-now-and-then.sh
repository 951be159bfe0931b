#!/bin/sh
# service: workspace
# fails: test_workers_stay
# Every worker leaves before it is killed; what it forgets, the next one learns again.
sed 's/^        self.say(200, {"found".*/&\
        if len(self.catalogue.remembered) > 40:\
            sys.exit(0)/' catalogue.py > catalogue.new
mv catalogue.new catalogue.py
