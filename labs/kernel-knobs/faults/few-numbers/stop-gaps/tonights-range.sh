#!/bin/sh
# service: workspace
# What the firewall team opens by telephone: more ports than tonight's people use up, and fewer than were promised for.
sed 's/40000 40031/40000 42047/' compose.yaml > new.yaml
mv new.yaml compose.yaml
