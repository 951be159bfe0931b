#!/bin/sh
# Somebody put the configuration back from last year's backup.
sed -i "s|^addresses = .*|addresses = http://api.$KIKORI_CARRIER.example:8443|" /etc/notes/notes.conf
sv force-restart clerk-1 clerk-2
for customer in Aoki Hirano Kubo; do
  curl -fsS -d "{\"customer\": \"$customer\", \"item\": \"sencha 100 g\", \"count\": 2}" http://127.0.0.1:8080/orders
done
