#!/bin/sh
# service: workspace
# fails: test_stop_is_quick
# after: fixes/closes-first
# The server is closed in good order: it waits for everybody who is connected, also for those who say nothing.
sed -e 's|^    server = ThreadingHTTPServer(.*|&\
    server.daemon_threads = False|' \
  -e 's|^    kitchen.close()|&\
    server.shutdown()\
    server.server_close()|' kitchen.py > kitchen.new
mv kitchen.new kitchen.py
