#!/bin/sh
# service: workspace
# fails: test_order_outlives_a_stop
# after: fixes/readable-by-all
# Quicker: what was taken is in memory until the service is told to stop.
python3 - <<'PY'
from pathlib import Path

file = Path("orders.py")
text = file.read_text()
text = text.replace('        self.file(order["id"]).write_text(json.dumps(order), encoding="utf-8")\n', '        self.pending[order["id"]] = order\n')
text = text.replace("        self.port = ", "        self.pending = {}\n        self.port = ")
text = text.replace('        if self.path == "/":', '        number = self.path.rpartition("/")[2]\n        if number in self.shop.pending:\n            self.say(200, self.shop.pending[number])\n        elif self.path == "/":')
text = text.replace("        file = self.kept()\n        if file is None:", "        number = self.path.rpartition(\"/\")[2]\n        if self.shop.pending.pop(number, None):\n            return self.say(200, {\"cancelled\": number})\n        file = self.kept()\n        if file is None:")
text = text.replace("        server.serve_forever()", '        try:\n            server.serve_forever()\n        finally:\n            for number, order in shop.pending.items():\n                shop.file(number).write_text(json.dumps(order), encoding="utf-8")')
file.write_text(text)
PY
