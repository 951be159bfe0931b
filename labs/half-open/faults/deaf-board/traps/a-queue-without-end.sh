#!/bin/sh
# fails: test_pictures_do_not_pile_up
# Every board has a thread and a queue, and what a board that hangs does not take stays in it.
python3 - <<'PY'
from pathlib import Path

file = Path("/srv/desk/yard.py")
text = file.read_text()
text = text.replace("import select\n", "import queue\nimport select\n")
text = text.replace("        self.handhelds, ", "        self.queues = {}\n        self.handhelds, ")
text = text.replace(
    "            self.boards.add(sock)\n",
    "            self.boards.add(sock)\n"
    "            self.queues[sock] = queue.Queue(0)\n"
    "        threading.Thread(target=self.paint, args=(sock, self.queues[sock]), daemon=True).start()\n",
)
text = text.replace(
    "                self.show(board, picture + b\"\\n\")\n",
    "                self.queues[board].put(picture + b\"\\n\")\n",
)
text += '''
    def paint(self, board, pictures):
        """Send a board its pictures, at its own pace."""
        while board in self.boards:
            self.show(board, pictures.get())
'''
file.write_text(text)
PY
sv restart desk
