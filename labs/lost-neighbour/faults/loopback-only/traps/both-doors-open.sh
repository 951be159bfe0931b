#!/bin/sh
# service: workspace
# fails: test_correction_is_for_the_crew
sed 's/^listen = .*/listen = 0.0.0.0/' seats.conf > seats.new
mv seats.new seats.conf
