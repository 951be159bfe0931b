#!/bin/sh
# service: workspace
sed 's/self.listener.listen(harbour.backlog)/self.listener.listen(socket.SOMAXCONN)/' desk.py > desk.new
mv desk.new desk.py
sed 's/somaxconn: 8/somaxconn: 4096/' compose.yaml > compose.new
mv compose.new compose.yaml
