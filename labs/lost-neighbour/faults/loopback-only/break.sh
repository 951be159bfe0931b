#!/bin/sh
# service: workspace
# author: Minh Tran <minh@shiokaze.example>
# subject: Follow up on the review: close what nobody needs
# "Nobody outside needs to reach it", said the review, and meant the internet.
sed 's/^listen = 0.0.0.0/listen = 127.0.0.1/' seats.conf > seats.new
mv seats.new seats.conf
