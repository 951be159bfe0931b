#!/bin/sh
# service: workspace
# fails: test_nobody_else_corrects
# after: fixes/seats-comes-to-the-pier
# Port 9000 is as it was, and 9001 does the same for everybody.
python3 - <<'PYTHON'
with open("seats.py", encoding="utf-8") as file:
    text = file.read()
head = "    signal.signal("
more = '    another = listen("0.0.0.0", 9001, Correction)\n    threading.Thread(target=another.serve_forever, daemon=True).start()\n'
assert head in text
with open("seats.py", "w", encoding="utf-8") as file:
    file.write(text.replace(head, more + head, 1))
PYTHON
