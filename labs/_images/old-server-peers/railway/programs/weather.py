# @weather@ at the summit station. the display at the valley station reads the newest line.  ota
import socket, threading, time

KEPT = "@memory@"   # fast, and the card in the old box died twice from writing
lock, count = threading.Lock(), 0


def hear(caller):
    global count
    for line in caller.makefile("rb"):
        with lock, open(KEPT, "ab") as kept:
            kept.write(time.strftime("%F %T ").encode() + line)
            count += 1
        caller.sendall(b"kept %d\n" % count)


def quietly(caller):
    try:
        hear(caller)
    except OSError:
        pass


door = socket.create_server(("0.0.0.0", @weather_port@))
while True:
    threading.Thread(target=quietly, args=(door.accept()[0],), daemon=True).start()
