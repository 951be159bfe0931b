#!/bin/sh
# service: workspace
# fails: test_hold
sed 's/^\( *\)subprocess.Popen.*/&.kill()/' catalogue.py > catalogue.new
mv catalogue.new catalogue.py
