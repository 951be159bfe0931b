#!/bin/sh
# fails: test_elsewhere
# service: workspace
# after: fixes/two-stages
# The depot that asks today is written into the program: the island would print another depot's labels.
sed -i "s|^DEPOT = .*|DEPOT = \"$KIKORI_DEPOT\"|" labels.py
