#!/bin/sh
# service: workspace
sed 's/^keep = .*/keep = yes/' tickets.conf > new.conf
mv new.conf tickets.conf
