#!/bin/sh
# service: workspace
# Another port, and an access log without the healthchecks.
sed 's/^port = 80$/port = 8080/' orders.conf > orders.new
mv orders.new orders.conf
sed -e 's|::80"|::8080"|' -e 's|127.0.0.1:80/|127.0.0.1:8080/|' compose.yaml > compose.new
mv compose.new compose.yaml
sed 's/^    timeout = 10$/&\
\
    def log_request(self, code="-", size="-"):\
        if self.path != "\/health" or code != 200:\
            super().log_request(code, size)/' orders.py > orders.new
mv orders.new orders.py
