#!/bin/sh
# fails: test_only_root_says_what_root_runs
# The group still says what root does: root makes the copy that it believes in.
gzip < /data/log/access.log > /var/log/access-until-today.log.gz
: > /data/log/access.log
cat > /etc/often/logrotate <<'END'
#!/bin/sh
install -m 644 /etc/logrotate.d/nginx /run/nginx.rule
exec /usr/sbin/logrotate /run/nginx.rule
END
