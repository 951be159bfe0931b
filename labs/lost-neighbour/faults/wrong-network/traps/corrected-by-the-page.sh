#!/bin/sh
# service: workspace
# fails: test_nobody_else_corrects
# after: fixes/seats-comes-to-the-pier
# The correction is at the travellers' port as well, and the page passes on whatever begins with /seats.
python3 - <<'PYTHON'
with open("seats.py", encoding="utf-8") as file:
    text = file.read()
head = "    def do_DELETE(self):\n"
more = '    def do_PUT(self):\n        self.serve(lambda: (200, self.store.ask("SET", "free", int(self.body()))))\n\n'
assert head in text
with open("seats.py", "w", encoding="utf-8") as file:
    file.write(text.replace(head, more + head))
PYTHON
