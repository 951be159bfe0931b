#!/bin/sh
# service: workspace
# An order is in the book before its ticket is out; what was not cooked is put on the stove again at the next start.
python3 - <<'END'
from pathlib import Path

file = Path("kitchen.py")
text = file.read_text()
text = text.replace(
    """            cook.start()
""",
    """            self.write(order, "cooking")
            cook.start()
""",
)
text = text.replace("def write(self, order):", 'def write(self, order, state="served"):')
text = text.replace('{"state": "served"}), encoding', '{"state": state}), encoding')
text = text.replace(
    """        self.closed = False
""",
    """        self.closed = False
        for page in (KEEP / "orders").glob("*.json"):
            order = json.loads(page.read_text(encoding="utf-8"))
            if order.pop("state") == "cooking":
                self.light(order)
""",
)
file.write_text(text)
END
