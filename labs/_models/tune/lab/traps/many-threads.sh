#!/bin/sh
# service: workspace
# fails: test_page_is_quick
# More hands for the same work.
sed 's/HTTPServer/ThreadingHTTPServer/g' shelf.py > shelf.new
mv shelf.new shelf.py
