#!/bin/sh
# service: workspace
# after: fixes/sdk-by-hand
# fails: test_every_answer
# The front's lines are JSON as long as no path has a letter that JSON writes in another way.
sed -i 's/log_format shop escape=json/log_format shop/' front/nginx.conf
