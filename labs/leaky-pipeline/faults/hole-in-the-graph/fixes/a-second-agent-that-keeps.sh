#!/bin/sh
# The one that asks the counter stays without a disk; what it can always reach is a second one, which has one.
install -d -o agent -g agent /var/spool/keeper
mkdir -p /etc/service/keeper
cat > /etc/service/keeper/run <<'END'
#!/bin/sh
exec chpst -u agent vmagent -httpListenAddr=127.0.0.1:8430 -memory.allowedBytes=48MB \
  -remoteWrite.url=http://metrics:8428/api/v1/write -remoteWrite.tmpDataPath=/var/spool/keeper \
  -remoteWrite.flushInterval=1s -remoteWrite.retryMaxTime=2s > /var/log/keeper.log 2>&1
END
chmod 755 /etc/service/keeper/run
sed -i 's|http://metrics:8428|http://127.0.0.1:8430|' /etc/service/vmagent/run
sv restart vmagent
