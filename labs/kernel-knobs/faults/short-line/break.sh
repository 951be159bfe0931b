#!/bin/sh
# service: workspace
# author: Kenji Oda <kenji@gates.example>
# subject: Refuse early, and let no long queue build up
# "A long line is a slow line", a talk had said. So it was made short, in both places.
sed 's/^backlog = .*/backlog = 32/' tickets.conf > new.conf
mv new.conf tickets.conf
sed 's/somaxconn: 1024/somaxconn: 32/' compose.yaml > new.yaml
mv new.yaml compose.yaml
