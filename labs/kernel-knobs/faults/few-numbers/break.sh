#!/bin/sh
# service: workspace
# author: Emi Sakata <emi@gates.example>
# subject: Ports as agreed with the office, and no stale lines
# The office's firewall team wants to know our ports, and somebody had read that kept lines go stale.
sed 's/^keep = .*/keep = no/' tickets.conf > new.conf
mv new.conf tickets.conf
sed 's/^\( *\)net.core.somaxconn.*/&\
\1net.ipv4.ip_local_port_range: 40000 40031/' compose.yaml > new.yaml
mv new.yaml compose.yaml
