#!/bin/sh
# fails: test_only_root_says_what_root_runs
# Who may put files into the folder says what root does: root installs whatever lies there.
gzip < /data/log/access.log > /var/log/access-until-today.log.gz
: > /data/log/access.log
install -d -o www-data -g www-data /srv/rules
mv /etc/logrotate.d/nginx /srv/rules/nginx
chown root:root /srv/rules/nginx
chmod 644 /srv/rules/nginx
cat > /etc/often/install-rules <<'END'
#!/bin/sh
exec install -m 644 /srv/rules/* /etc/logrotate.d/
END
chmod 755 /etc/often/install-rules
/etc/often/install-rules
