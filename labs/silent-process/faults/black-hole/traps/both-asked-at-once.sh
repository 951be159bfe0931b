#!/bin/sh
# fails: test_nothing_piles_up
# Every address is asked in a thread of its own, and the first answer is taken; who asked the old one goes on waiting.
python3 - <<'PY'
import re
from pathlib import Path

file = Path("/srv/notes/clerk.py")
new = '''        import queue, threading
        answers, parcel = queue.SimpleQueue(), {"reference": number, "to": order["customer"]}
        for address in self.addresses:
            ask = lambda address=address: answers.put(self._ask(urlsplit(address), parcel))
            threading.Thread(target=ask, daemon=True).start()
        return answers.get()
'''
file.write_text(re.sub(r"        for address in list.*?no carrier answers\"\)\n", lambda _: new, file.read_text(), flags=re.DOTALL))
PY
sed -i "s|^addresses = .*|& http://labels.$KIKORI_CARRIER.example:8443|" /etc/notes/notes.conf
sv force-restart clerk-1 clerk-2
