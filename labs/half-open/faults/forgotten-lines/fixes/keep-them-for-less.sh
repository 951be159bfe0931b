#!/bin/sh
sed -i 's/^keep = 3600$/keep = 1/' /etc/desk/desk.conf
sv restart desk
