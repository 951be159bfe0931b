package Turnstile;
use strict;
use warnings;

sub clean { my $line = shift; $line =~ s/[^\x20-\x7e]//g; return $line; }

1;
