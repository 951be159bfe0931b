#!/bin/sh
# service: front
# Network operations looks every two seconds whether the port is open: a connection, and a reset in place of a goodbye.
set -e
cat > /usr/local/sbin/port-check <<'PERL'
#!/usr/bin/perl
# port-check HOST PORT SECONDS: is the port open? Connects, resets the connection at once, and waits.
use strict;
use warnings;
use Socket;

my ($host, $port, $pause) = @ARGV;
$| = 1;
while (1) {
    if (my $address = inet_aton($host)) {
        socket(my $probe, PF_INET, SOCK_STREAM, 0) or die "port-check: $!\n";
        setsockopt($probe, SOL_SOCKET, SO_LINGER, pack("ii", 1, 0));
        connect($probe, sockaddr_in($port, $address)) or print "port-check: $host:$port: $!\n";
        close($probe);
    }
    sleep $pause;
}
PERL
mkdir /etc/port-check
cat > /etc/port-check/run <<'RUN'
#!/bin/sh
# Network operations, for the derby: the gates' port, every two seconds. Questions: extension 4417.
exec /usr/local/sbin/port-check tickets 8080 2 2>&1
RUN
chmod 755 /usr/local/sbin/port-check /etc/port-check/run
mv /etc/port-check /etc/service/port-check
