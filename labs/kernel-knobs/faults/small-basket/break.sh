#!/bin/sh
# service: workspace
# author: Haruto Mori <haruto@gates.example>
# subject: A number of its own for the receive buffer, too
# "Each socket takes 200 KB that nobody needs": so it was given a number, as all others were.
sed 's/^receive_buffer = .*/receive_buffer = 8192/' tickets.conf > new.conf
mv new.conf tickets.conf
