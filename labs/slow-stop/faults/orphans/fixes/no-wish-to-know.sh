#!/bin/sh
# service: workspace
# Who ignores SIGCHLD has its children collected by the kernel, adopted ones too.
sed 's|^    stop = queue.SimpleQueue()|&\
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)|' kitchen.py > kitchen.new
mv kitchen.new kitchen.py
