#!/bin/sh
# service: front
# socat looks the name up for each connection that it takes.
mkdir -p /etc/service/to-seats
cat > /etc/service/to-seats/run <<'END'
#!/bin/sh
exec socat TCP-LISTEN:8001,bind=127.0.0.1,reuseaddr,fork TCP:seats:8000
END
chmod 755 /etc/service/to-seats/run
sed -i 's|http://seats:8000|http://127.0.0.1:8001|' /etc/nginx/conf.d/front.conf
sv restart nginx
# runit looks for new services every five seconds.
for _ in $(seq 100); do
  sv status to-seats >/dev/null 2>&1 && break
  sleep 0.1
done
