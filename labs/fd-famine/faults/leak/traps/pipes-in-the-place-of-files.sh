#!/bin/sh
# service: workspace
# fails: test_descriptors
# There is no file any more; each pr(1) is waited for, and the pipe that its pages came through stays open.
python3 - <<'END_OF_EDIT'
import re
from pathlib import Path

desk = Path("desk.py")
text = desk.read_text()
begin, end = text.index("        handle, name = tempfile"), text.index("        return pages.stdout.decode()")
text = text[:begin] + '''        paper = f"{self.name}\\nsailing {number} at {sailing['time']}\\ndelay {sailing['delay']} minutes\\n"
        command = ["pr", "-l", "20", "-h", f"{self.name}, sailing {number}"]
        printer = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.printers.append(printer)
        with printer.stdin:
            printer.stdin.write(paper.encode())
        pages = printer.stdout.read()
        printer.wait()
''' + text[end:].replace("pages.stdout.decode()", "pages.decode()", 1)
text = re.sub(r"( +)self\.version = 1\n", r"\g<0>\1self.printers = []\n", text)
desk.write_text(text.replace("import tempfile\n", ""))
END_OF_EDIT
