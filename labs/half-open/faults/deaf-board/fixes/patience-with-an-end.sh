#!/bin/sh
sed -i 's/^board_patience = 0$/board_patience = 0.5/' /etc/desk/desk.conf
sv restart desk
