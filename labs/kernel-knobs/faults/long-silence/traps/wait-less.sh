#!/bin/sh
# service: workspace
# fails: test_booked
# after: fixes/the-kernels-clock
# Nobody shall wait for three seconds again: who is sent away after half a second is booked all the same.
sed 's/^patience = .*/patience = 0.5/' tickets.conf > new.conf
mv new.conf tickets.conf
