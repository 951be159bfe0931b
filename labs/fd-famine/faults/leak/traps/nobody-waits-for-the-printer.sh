#!/bin/sh
# service: workspace
# fails: test_descriptors
# Nothing is left open, but every pr(1) that has ended stays in the process table.
sed -e 's|with open(name, "w", |with os.fdopen(handle, "w", |' \
  -e 's|^\( *\)pages = subprocess.run(command, .*|\1printer = subprocess.Popen(command, stdout=subprocess.PIPE)\
\1self.printers.append(printer)\
\1with printer.stdout:\
\1    pages = printer.stdout.read()|' \
  -e 's|return pages.stdout.decode()|return pages.decode()|' \
  -e 's|^\( *\)self.version = 1$|&\
\1self.printers = []|' desk.py > desk.new
mv desk.new desk.py
printf '    pids_limit: 1024\n' >> compose.yaml
