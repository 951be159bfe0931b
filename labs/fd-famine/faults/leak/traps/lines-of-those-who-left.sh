#!/bin/sh
# service: workspace
# fails: test_descriptors
# The sheets are in order; whoever leaves, though, leaves a connection behind that the desk never closes.
sed -e 's|with open(name, "w", |with os.fdopen(handle, "w", |' \
  -e 's|^\( *\)if connection.fileno() < 0:|\1if connection in self.gone:|' \
  -e '/def close(/,/^def main/s|^\( *\)connection.close()|\1self.gone.append(connection)\
\1connection.shutdown(socket.SHUT_WR)|' \
  -e 's|^\( *\)self.boards = set()|&\
\1self.gone = []|' desk.py > desk.new
mv desk.new desk.py
