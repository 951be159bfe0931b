#!/bin/sh
# service: workspace
# fails: test_nobody_else_corrects
# after: fixes/seats-comes-to-the-pier
# Front shares no network with the store, and reaches it through seats.
python3 - <<'PYTHON'
with open("seats.py", encoding="utf-8") as file:
    text = file.read()
head = "    signal.signal("
more = '    threading.Thread(target=relay, daemon=True).start()\n'
relay = '''def carry(source, target):
    """Pass on what comes."""
    with source, target:
        while data := source.recv(4096):
            target.sendall(data)


def relay():
    """Pass connections on to the store."""
    waiting = socket.create_server(("0.0.0.0", 6379))
    while True:
        caller, _ = waiting.accept()
        store = socket.create_connection(("store", 6379))
        threading.Thread(target=carry, args=(caller, store), daemon=True).start()
        threading.Thread(target=carry, args=(store, caller), daemon=True).start()


def main():
'''
assert head in text
with open("seats.py", "w", encoding="utf-8") as file:
    file.write(text.replace(head, more + head, 1).replace("def main():\n", relay, 1))
PYTHON
