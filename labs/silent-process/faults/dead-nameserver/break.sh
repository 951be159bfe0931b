#!/bin/sh
# Head office has a name server of its own now, and every server is to ask it first.
office=$(getent ahostsv4 ns.office.example | cut -d' ' -f1 | head -n 1)
{ echo "# head office, asked first"; echo "nameserver $office"; cat /etc/netconf/resolv.conf; } > /run/resolv.new
cat /run/resolv.new > /etc/netconf/resolv.conf
rm /run/resolv.new
until grep -qF "$office" /etc/resolv.conf; do sleep 0.1; done
for customer in Aoki Hirano Kubo Nagai Okada Wada; do
  curl -fsS -d "{\"customer\": \"$customer\", \"item\": \"sencha 100 g\", \"count\": 2}" http://127.0.0.1:8080/orders
done
