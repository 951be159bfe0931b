#!/bin/sh
# service: workspace
# fails: test_tickets_is_not_root
# "Buffers need rights": the number is right, the user isn't.
sed 's/^receive_buffer = .*/receive_buffer = 200000/' tickets.conf > new.conf
mv new.conf tickets.conf
sed 's/^  tickets:$/&\
    user: root/' compose.yaml > new.yaml
mv new.yaml compose.yaml
