#!/bin/sh
# service: workspace
# fails: test_workers_stay
# Every worker leaves before it is killed, and is called otherwise than the program that it runs.
sed 's/^        self.say(200, {"found".*/&\
        if len(self.catalogue.remembered) > 40:\
            sys.exit(0)/' catalogue.py > catalogue.new
mv catalogue.new catalogue.py
printf '    entrypoint: [bash, -c, "exec -a catalogue python3 /srv/catalogue/catalogue.py"]\n' >> compose.yaml
