#!/bin/sh
# service: workspace
sed 's/^workers = .*/workers = 2/' catalogue.conf > catalogue.new
mv catalogue.new catalogue.conf
