#!/bin/sh
# service: workspace
# fails: test_nothing_piles_up
# The next order collects the process of the one before; after the last order one stays for ever.
sed 's|^            os.posix_spawn(SLIP, \(\[.*\]\), os.environ)|            subprocess.Popen(\1)|' kitchen.py > kitchen.new
mv kitchen.new kitchen.py
