#!/bin/sh
# service: workspace
# fails: test_rush
# The process ends before the limit is met, and the engine starts another one.
printf '    restart: always\n' >> compose.yaml
sed 's|^            self.light(order)|            self.taken = getattr(self, "taken", 0) + 1\
            if self.taken > 30:\
                os._exit(0)\
&|' kitchen.py > kitchen.new
mv kitchen.new kitchen.py
