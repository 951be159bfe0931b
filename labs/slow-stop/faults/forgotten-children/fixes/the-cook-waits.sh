#!/bin/sh
# service: workspace
# The customer does not wait for the printer; whoever cooks the dish does.
sed -e 's|^            os.posix_spawn(SLIP, \(\[.*\]\), os.environ)|            printer = subprocess.Popen(\1)|' \
  -e 's|self.light(order)$|self.light(order, printer)|' \
  -e 's|def light(self, order):|def light(self, order, printer):|' \
  -e 's|args=(order,)|args=(order, printer)|' \
  -e 's|def cook(self, order):|def cook(self, order, printer):|' \
  -e 's|^        time.sleep(self.menu.*|        printer.wait()\
&|' kitchen.py > kitchen.new
mv kitchen.new kitchen.py
