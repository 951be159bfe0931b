#!/bin/sh
# service: workspace
# fails: test_nothing_is_hurried
# after: fixes/written-before-the-ticket
# Whatever was open at a stop gets half a second on the stove: a start takes time as well.
sed -e 's|^                self.light(order)$|                self.stove[order["ticket"]] = order\
                threading.Thread(target=self.cook, args=(order, 0.5), daemon=True).start()|' \
  -e 's|def cook(self, order):|def cook(self, order, most=9):|' \
  -e 's|time.sleep(self.menu\[order\["dish"\]\])|time.sleep(min(most, self.menu[order["dish"]]))|' \
  -e 's|self.changed.wait_for(lambda: not self.stove)|self.changed.wait_for(lambda: False, timeout=0.1)|' \
  -e 's|signal.signal(signal.SIGTERM, .*|signal.signal(signal.SIGTERM, lambda *_: stop.put(True))|' kitchen.py > kitchen.new
mv kitchen.new kitchen.py
