"""Programs that run in containers of the lab's own: strangers, an impostor, and whoever looks at what was kept."""

ISSUED = r"""
import subprocess

def openssl(*words):
    subprocess.run(["openssl", *words], check=True, stderr=subprocess.DEVNULL)

def issued(place, name, also=(), ca=""):
    # a certificate, by a CA of its own where none is given: that one calls itself as the office's does
    curve = "-newkey ec -pkeyopt ec_paramgen_curve:P-256 -noenc".split()
    if not ca:
        ca = place + "-ca"
        openssl("req", "-quiet", "-x509", *curve, "-keyout", ca + ".key", "-subj", "/CN=clinic CA",
            "-addext", "basicConstraints=critical,CA:TRUE", "-out", ca + ".pem")
    names = "subjectAltName=" + ",".join("DNS:" + one for one in (name, *also))
    openssl("req", "-quiet", "-new", *curve, "-keyout", place + ".key", "-subj", "/CN=" + name,
        "-addext", names, "-out", place + ".csr")
    openssl("x509", "-req", "-in", place + ".csr", "-CA", ca + ".pem", "-CAkey", ca + ".key", "-days", "30",
        "-copy_extensions", "copy", "-out", place + ".pem")
    return place + ".pem", place + ".key"

def near(place, name, ca):
    # of the office's CA, for names in which another name is found
    return issued(place, name + "-old", ("old-" + name, name + ".office", "office." + name, name + "2"), ca)
"""
"""Comes before the next two: certificates by another CA for the right name, or by the office's for a similar one."""

KNOCK = r"""
import json, os, socket, ssl, sys, time

given = json.loads(sys.stdin.read())
SEEN = bytes(33 + number % 94 for number in range(256))
AT = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime())

def line(word, program="sshd", level=86, host="database"):
    return f"<{level}>1 {AT}+00:00 {host} {program} 77 - - Invalid user {word} from 192.0.2.7 port 4711".encode()

def lines(one):
    # no two are alike, and they pack badly; each name that is given has its turn
    names = [one.get(kind, [usual]) for kind, usual in (("programs", "sshd"), ("levels", 86), ("hosts", "database"))]
    for number in range(one.get("times", 1)):
        text = line(one["word"], *(some[number % len(some)] for some in names))
        filler = one.get("filler", 0)
        yield text + b" %d " % number + os.urandom(filler).translate(SEEN) if filler else text

def framed(texts, form):
    if form == "octets":
        return b"".join(b"%d " % len(text) + text for text in texts)
    if form == "lines":
        return b"".join(text + b"\n" for text in texts)
    offer = b"relp_version=0\nrelp_software=office\ncommands=syslog"
    sent = [b"1 open %d %s\n" % (len(offer), offer)]
    return b"".join(sent + [b"%d syslog %d %s\n" % (n + 2, len(text), text) for n, text in enumerate(texts)])

def hear(there, within):
    there.settimeout(within)
    try:
        while there.recv(65536):
            pass
    except (TimeoutError, BlockingIOError, ssl.SSLWantReadError):
        pass

def send(port, context, data, quiet):
    try:
        with socket.create_connection(("loghost", port), 4) as plain:
            plain.settimeout(4)
            with (context.wrap_socket(plain, server_hostname="loghost") if context else plain) as there:
                for begin in range(0, len(data), 65536):
                    there.settimeout(0.5 if quiet else 20)
                    there.sendall(data[begin:begin + 65536])
                    hear(there, 0)
                hear(there, 0.3 if quiet else 1)
    except OSError:
        pass

def context(pem, key):
    found = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    found.check_hostname, found.verify_mode = False, ssl.CERT_NONE
    if pem:
        found.load_cert_chain(pem, key)
    return found

for number, one in enumerate(given["visits"]):
    if one["how"] == "udp":
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(line(one["word"]), ("loghost", one["port"]))
        continue
    pem, key = f"/tmp/{number}.pem", f"/tmp/{number}.key"
    if one["how"] == "other":
        pem, key = issued("/tmp/other", "database")
    elif one["how"] == "near":
        open("/tmp/ca.pem", "w").write(one["pem"]), open("/tmp/ca.key", "w").write(one["key"])
        pem, key = near("/tmp/near", "database", "/tmp/ca")
    elif one["how"] == "given":
        open(pem, "w").write(one["pem"]), open(key, "w").write(one["key"])
    secret = None if one["how"] == "plain" else context("" if one["how"] == "none" else pem, key)
    data = framed(lines(one), one["form"])
    send(one["port"], secret, data, one.get("times", 1) == 1)
"""
"""Comes to the log host as somebody, and says that somebody was there; in several forms, since it can't know which."""

POSE = r"""
import socket, ssl, sys, threading

face = sys.argv[1]
mine = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
shown = issued("/tmp/other", "loghost") if face == "other" else near("/tmp/near", "loghost", "/srv/ca/ca")
mine.load_cert_chain(*shown)

def say(*words):
    print(*words, flush=True)

def meet(plain):
    plain.settimeout(4)
    try:
        if plain.recv(1, socket.MSG_PEEK) not in (b"", b"\x16"):
            say("told", "plain")
            return
        with mine.wrap_socket(plain, server_side=True) as there:
            if there.recv(4096):
                say("told", face)
    except OSError:
        pass
    finally:
        say("came")
        plain.close()

door = socket.create_server(("", 6514))
while True:
    threading.Thread(target=meet, args=(door.accept()[0],), daemon=True).start()
"""
"""Answers to the log host's name with the certificate of somebody else, and tells who came and spoke."""

KEPT = r"""
import contextlib, gzip, json, lzma, os, pathlib, sys, zlib

def held():
    # a file that is renamed stays the same one, once it is open
    seen = {}
    with contextlib.suppress(OSError):
        for path in pathlib.Path("/srv/log").rglob("*"):
            with contextlib.suppress(OSError):
                if path.is_file() and not path.is_symlink():
                    there = path.open("rb")
                    seen[os.fstat(there.fileno()).st_ino] = there
    return seen

files = held()
for _ in range(5):
    before, files = files.keys(), held()
    if files.keys() == before:
        break  # none came or went meanwhile

words = [word.encode() for word in json.loads(sys.argv[1])]
found = dict.fromkeys(words, 0)
for there in files.values():
    parts = []
    with contextlib.suppress(OSError, EOFError, lzma.LZMAError, zlib.error):
        head = there.read(6)
        there.seek(0)
        unpacked = gzip.open if head[:2] == b"\x1f\x8b" else lzma.open if head == b"\xfd7zXZ\x00" else None
        there = unpacked(there) if unpacked else there
        while part := there.read1(1 << 20):  # one that is still being packed has no end yet
            parts.append(part)
    text = b"".join(parts)
    for word in words:
        found[word] += text.count(word)
print(json.dumps({word.decode(): count for word, count in found.items()}))
"""
"""How often each word stands in what lies in /srv/log, packed or not."""

READS = r"""
import json, subprocess, sys, time

given = json.loads(sys.stdin.read())
begun = time.time()
try:
    done = subprocess.run(
        ["mariadb", "-h", "database", "-u", given["user"], "--default-character-set=utf8mb4", "--connect-timeout=5",
            given["schema"]],
        input=(given["sql"] * given["times"]).encode(), capture_output=True, timeout=given["within"],
        env={"MYSQL_PWD": given["password"]},
    )
    code, said = done.returncode, done.stderr.decode(errors="replace")
except subprocess.TimeoutExpired:
    code, said = 124, ""
print(json.dumps({"begin": begun, "end": time.time(), "code": code, "said": said[-200:]}))
"""
"""Sends statements to the database as somebody, and tells when."""
