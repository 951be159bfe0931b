#!/usr/bin/perl
# the turnstiles.  K. Mori, 2015.  they keep the line open all day, do not "optimise" that
use strict;
use warnings;
use IO::Select;
use IO::Socket::INET;
use lib '{{ lib }}';
use Turnstile;

my $port = $ENV{GATE_PORT} || 4000;
my $log = $ENV{GATE_LOG} || '/dev/null';
open(my $out, '>>', $log) or die "$log: $!";
$out->autoflush(1);
my $door = IO::Socket::INET->new(LocalAddr => '0.0.0.0', LocalPort => $port, Listen => 8, ReuseAddr => 1) or die $!;
my $all = IO::Select->new($door);
my $count = 0;
while (my @ready = $all->can_read) {
    for my $one (@ready) {
        if ($one == $door) { $all->add($door->accept); next; }
        my $line = '';
        if (!sysread($one, $line, 200)) { $all->remove($one); close $one; next; }
        $count++;
        print $out scalar(localtime) . ' ' . $one->peerhost . ' ' . Turnstile::clean($line) . "\n";
        syswrite($one, "open $count\n");
    }
}
