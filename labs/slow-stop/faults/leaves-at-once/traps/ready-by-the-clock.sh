#!/bin/sh
# service: workspace
# fails: test_nothing_is_hurried
# after: fixes/written-before-the-ticket
# The page says when the dish will be ready, by a clock that goes on while nobody cooks.
sed -e 's|^        order = {"ticket": .*|&\
        order["ready"] = time.time() + self.menu[order["dish"]]|' \
  -e 's|time.sleep(self.menu\[order\["dish"\]\])|time.sleep(max(0, order["ready"] - time.time()))|' kitchen.py > kitchen.new
mv kitchen.new kitchen.py
