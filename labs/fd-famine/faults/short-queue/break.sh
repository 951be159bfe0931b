#!/bin/sh
# service: workspace
# author: Takumi Ogata <takumi@harbour.example>
# subject: Set the queue for short answer times
# Long queues are bad for answer times, a page on the web said; so the queue was shortened, in both places.
sed 's/^backlog = .*/backlog = 4/' desk.conf > desk.new
mv desk.new desk.conf
sed 's/somaxconn: 1024/somaxconn: 8/' compose.yaml > compose.new
mv compose.new compose.yaml
