#!/bin/sh
# service: workspace
# fails: test_answer
# Now the script is read, and every line of it still ends in a carriage return.
sed 's|^ENTRYPOINT .*|ENTRYPOINT ["/bin/sh", "/entrypoint.sh"]|' Dockerfile > Dockerfile.new
mv Dockerfile.new Dockerfile
