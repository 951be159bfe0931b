# every sale, in one place. only from this machine!   tsuda 2017
import socket

BOOK = "{{ book }}"
door = socket.create_server(("127.0.0.1", {{ ledger_port }}))
count = 0
while True:
    caller = door.accept()[0]
    caller.settimeout(5)
    try:
        line = caller.recv(200)
        if line:
            with open(BOOK, "ab") as book:
                book.write(line)
            count += 1
            caller.sendall(b"number %d\n" % count)
    except OSError:
        pass
    caller.close()
