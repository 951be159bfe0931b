#!/bin/sh
# service: workspace
# fails: left-as-it-is
# A complaint about the catalogue, so it gets all the memory that there is.
sed 's/96m/192m/' compose.yaml > compose.new
mv compose.new compose.yaml
