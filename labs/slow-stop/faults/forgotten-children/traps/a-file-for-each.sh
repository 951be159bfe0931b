#!/bin/sh
# service: workspace
# fails: test_nothing_piles_up
# Each printer is waited for, and what it said is kept in a file of its own, for ever.
sed 's|^            os.posix_spawn(SLIP, \(\[.*\]\), os.environ)|            with open(f"/tmp/{order['"'ticket'"']}.log", "w") as log:\
                subprocess.run(\1, check=True, timeout=5, stdout=log, stderr=log)|' kitchen.py > kitchen.new
mv kitchen.new kitchen.py
