#!/bin/sh
# service: desk
# The claim is answered as accepted once it is kept; a thread of the worker has the slip printed meanwhile.
python3 - <<'PY'
from pathlib import Path

file = Path("/srv/desk/desk.py")
text = file.read_text()
text = text.replace("import os\n", "import os\nimport threading\n", 1)
text = text.replace(
    "        printer.print_slip(number, told)\n", "    threading.Thread(target=printer.print_slip, args=(number, told)).start()\n"
)
file.write_text(text.replace('"number": number}, 201', '"number": number}, 202'))
PY
sv restart desk
