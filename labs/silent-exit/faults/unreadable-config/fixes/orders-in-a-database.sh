#!/bin/sh
# service: workspace
# The file may be read, and the orders are rows of a database that grows by pages.
sed -i 's|--chmod=600|--chmod=644|' Dockerfile
python3 - <<'PY'
from pathlib import Path

text = Path("orders.py").read_text()
text = text.replace("import signal\n", "import signal\nimport sqlite3\n")
text = text.replace(
    '        self.file(order["id"]).write_text(json.dumps(order), encoding="utf-8")\n',
    '        with self.rows() as rows:\n'
    '            rows.execute("INSERT INTO orders VALUES (?, ?)", (order["id"], json.dumps(order)))\n',
)
start, end = text.index("    def file(self, number)"), text.index("class Counter")
text = text[:start] + '''    def rows(self):
        """The database, which is made where there is none."""
        rows = sqlite3.connect(self.folder / "orders.db", timeout=5)
        rows.execute("CREATE TABLE IF NOT EXISTS orders (id TEXT PRIMARY KEY, body TEXT NOT NULL)")
        return rows


''' + text[end:]
text = text.replace("(file := self.kept()) is None", "(row := self.kept()) is None")
text = text.replace('json.loads(file.read_text(encoding="utf-8"))', "json.loads(row[1])")
text = text.replace("        file = self.kept()\n        if file is None", "        row = self.kept()\n        if row is None")
text = text.replace(
    '        file.unlink()\n        return self.say(200, {"cancelled": file.stem})',
    '        with self.shop.rows() as rows:\n            rows.execute("DELETE FROM orders WHERE id = ?", row[:1])\n'
    '        return self.say(200, {"cancelled": row[0]})',
)
text = text.replace(
    "        file = self.shop.file(match[1]) if match else None\n        return file if file and file.is_file() else None",
    "        if not match:\n            return None\n        with self.shop.rows() as rows:\n"
    '            return rows.execute("SELECT id, body FROM orders WHERE id = ?", match.groups()).fetchone()',
)
Path("orders.py").write_text(text)
PY
