#!/bin/sh
# service: workspace
# A program reads /proc, /etc and the logs, and tells the inventory as JSON, which is YAML too. It writes nothing there.
docker exec -i "$KIKORI_STACK-box-1" python3 -B - > inventory.yaml <<'READ'
import glob, gzip, json, os, pwd, re, socket, subprocess

def text(path):
    try:
        data = open(path, "rb").read()
        return (gzip.decompress(data) if path.endswith(".gz") else data).decode("utf-8", "replace")
    except OSError:
        return ""

def told(*words):
    return subprocess.run(words, capture_output=True, text=True).stdout

INTERPRETERS = re.compile(r"/(python|perl|dash|bash|sh$)")
BOOT = "/etc/rc.d/rc.local"
boot = text(BOOT)
names = {line.split()[1]: line.split()[0] for line in text("/etc/hosts").splitlines() if len(line.split()) > 1}

# processes, but for those of a shell that was opened from outside, whose first has no parent
parents, commands = {}, {}
for pid in filter(str.isdigit, os.listdir("/proc")):
    words, found = text(f"/proc/{pid}/cmdline").split("\0"), re.search(r"^PPid:\t(\d+)", text(f"/proc/{pid}/status"), re.M)
    if words[0] and found:
        commands[pid], parents[pid] = words, found[1]

def line_of(pid):
    while pid in parents:
        yield pid
        pid = parents[pid]

def file_of(pid):
    found = os.readlink(f"/proc/{pid}/exe")
    if INTERPRETERS.search(found):
        found = next((word for word in commands[pid][1:] if word.startswith("/")), found)
    return found

programs = {}  # path -> pids, the first the oldest
for pid in sorted(parents, key=int):
    line = list(line_of(pid))
    if line[-1] != "1" or pid == "1" or commands[pid][0].split("/")[-1] in ("runsv", "sleep", "ncat"):
        continue
    if any(commands[one][0] == "cron" for one in line[1:]):
        continue  # a job that runs just now
    programs.setdefault(file_of(pid), []).append(pid)

def starter(path):
    for pid in line_of(programs[path][0]):
        if commands[pid][0] == "runsv":
            return "/etc/service/" + commands[pid][1]
    return BOOT if path in boot else "nobody"

def owner(path):
    return told("dpkg-query", "-S", path).split(":")[0] or "none"

def user(pid):
    return pwd.getpwuid(os.stat(f"/proc/{pid}").st_uid).pw_name

processes = [
    {"program": path, "user": user(pids[0]), "started_by": starter(path), "package": owner(path)}
    for path, pids in programs.items()
]
started = {one["program"]: one["started_by"] for one in processes}

# addresses
addresses = []
dockers = socket.gethostbyname(socket.gethostname())
for one in re.findall(r" inet (\S+)", told("ip", "-o", "-4", "addr", "show", "dev", "eth0")):
    if one.startswith(f"{dockers}/"):
        continue
    addresses.append({"address": one, "set_by": BOOT if one in boot else "nobody"})
by_hand = [one["address"].split("/")[0] for one in addresses if one["set_by"] == "nobody"]

# open files of each program
opened = {}
for path, pids in programs.items():
    for pid in pids:
        for number in os.listdir(f"/proc/{pid}/fd"):
            opened.setdefault(os.readlink(f"/proc/{pid}/fd/{number}"), (path, pid, number))

def place(word):
    host, port = word.split(":")
    return ".".join(str(int(host[at : at + 2], 16)) for at in (6, 4, 2, 0)) + f":{int(port, 16)}"

listens, callers, used = {}, {}, {}  # used: which of the box's addresses a caller calls
rows = [line.split() for line in text("/proc/net/tcp").splitlines()[1:]]
for row in rows:
    if row[3] == "0A" and f"socket:[{row[9]}]" in opened:
        listens[place(row[1])] = opened[f"socket:[{row[9]}]"][0]
for row in rows:
    own, other = place(row[1]), place(row[2])
    there = f"0.0.0.0:{own.split(':')[1]}"
    if row[3] == "01" and there in listens:
        callers.setdefault(there, set()).add(other.split(":")[0])
        used[other.split(":")[0]] = own.split(":")[0]
for row in (line.split() for line in text("/proc/net/unix").splitlines()[1:]):
    if row[3] == "00010000" and len(row) > 7 and f"socket:[{row[6]}]" in opened and not row[7].endswith("supervise/control"):
        listens[row[7]] = opened[f"socket:[{row[6]}]"][0]

# the web server: what it reads now on the disk, and what it does
settings = "".join(map(text, glob.glob("/etc/nginx/conf.d/*")))
written = ["0.0.0.0:" + port for port in re.findall(r"listen 0\.0\.0\.0:(\d+)", settings)]
log = re.search(r"access_log (/\S+)", settings)[1]
web = next(one for one in written if one in listens)
for name in glob.glob(log + "*"):
    for who, where in re.findall(r"^(\S+) > (\S+) ", text(name), re.M):
        callers.setdefault(web, set()).add(who)
        used[who] = where
opens = [one for one in written if one not in listens]
closed = [one for one, path in listens.items() if path == listens[web] and one not in written]

# what a program names in its own text: files that it writes, and places on the box that it calls
data, needs = {}, {}
for path, pids in programs.items():
    source = open(path, "rb").read().decode("latin-1")
    for name in re.findall(r"/(?:srv|var|home|dev/shm)/[\w./-]+", source) if owner(path) == "none" else ():
        if os.path.isfile(name) and "/log(" not in name:
            data.setdefault(name, path)
    given = text(f"/proc/{pids[0]}/environ")
    for one in listens:
        if one in given and listens[one] != path:
            needs[path] = listens[one]
            callers.setdefault(one, set()).add(path)
for one in [one for one in listens if one.startswith("/") and one in settings]:
    callers.setdefault(one, set()).add(listens[web])
    needs[listens[web]] = listens[one]
for name, path in list(data.items()):
    if path.endswith("beacond"):
        own = next(one for one, other in listens.items() if other == path)
        callers.setdefault(own, set()).update(re.findall(r"(\S+)$", text(name), re.M))
for name, (path, pid, number) in opened.items():
    how = int(re.search(r"^flags:\t(\d+)", text(f"/proc/{pid}/fdinfo/{number}") or "flags:\t0", re.M)[1], 8)
    if name.startswith("/") and how & 3 and not name.startswith(("/dev/null", "/dev/pts", "/run/")):
        data.setdefault(name, path)
push = next(path for path in programs if re.search(r"^ *sleep \d+$", text(path), re.M) and "| ncat" in text(path))
if any(name.endswith("nohup.out") for name in data):
    data["/home/ota/nohup.out"] = push

def kept(name):
    return "deleted" if name.endswith(" (deleted)") else "memory" if name.startswith("/dev/shm/") else "disk"

# jobs
jobs = []
for table in glob.glob("/etc/cron.d/*"):
    for line in text(table).splitlines():
        found = re.match(r"((?:\S+ +){5})(\S+) +(\S+)", line)
        if found and not line.startswith("#"):
            is_read = bool(re.fullmatch(r"[\w-]+", os.path.basename(table)))
            jobs.append({"program": found[3], "when": found[1].strip(), "user": found[2], "table": table, "runs": is_read})
for table in glob.glob("/var/spool/cron/crontabs/*"):
    for line in text(table).splitlines():
        found = re.match(r"((?:[\d*/,-]+ +){5})(\S+)", line)
        if found:
            name = os.path.basename(table)
            jobs.append({"program": found[2], "when": found[1].strip(), "user": name, "table": table, "runs": True})
pause = re.search(r"^ *sleep (\d+)$", text(push), re.M)[1]
jobs.append({"program": push, "when": f"every {pause} s", "user": user(programs[push][0]), "table": "nobody", "runs": True})

# whom it calls
calls = []
host, port = re.search(r"ncat -w \d+ (\S+) (\d+)", text(push)).groups()
calls.append({"to": f"{names[host]}:{port}", "program": push, "answers": "received" in text("/home/ota/nohup.out")})
for job in jobs:
    for host in re.findall(r"http://(\w+)/", text(job["program"])):
        complaints = text(re.search(r">> (\S+)", text(job["table"]))[1])
        answers = "Failed to connect" not in complaints
        calls.append({"to": f"{names[host]}:80", "program": job["program"], "answers": answers})

# packages: where each of them can be had
packages, name = [], ""
installed = told("dpkg-query", "-W", "-f", "${Package} ").split()
for block in re.split(r"^(?=\S+:$)", told("apt-cache", "policy", *installed), flags=re.M):
    if "***" in block:
        version, rest = re.search(r"\*\*\* (\S+) \d+\n((?:        +.*\n?)*)", block).groups()
        places = [line.split()[1] for line in rest.splitlines() if "/var/lib/dpkg/status" not in line]
        if not any(one.endswith("/debian") for one in places):
            packages.append({"name": block.split(":")[0], "version": version, "from": places[0] if places else "nowhere"})
changed = [line.split()[-1] for line in told("dpkg", "-V").splitlines() if line[2] == "5"]
owned = set("\n".join(map(text, glob.glob("/var/lib/dpkg/info/*.list"))).splitlines())
unowned = [
    os.path.join(folder, name)
    for top in ("/usr/local", "/opt", "/srv", "/home")
    for folder, _, files in os.walk(top)
    for name in files
    if os.path.join(folder, name) not in owned
]

# a restart: what nobody brings back, and whoever stands behind it
gone = [path for path, by in started.items() if by == "nobody"]
lost = [one for one, path in listens.items() if path in gone] + closed

def works(path):
    return path not in gone and (path not in needs or works(needs[path]))

cut = [
    who
    for one, some in callers.items()
    for who in some
    if not who.startswith("/") and (used.get(who) in by_hand or not works(listens[one]))
]
listed = {name: path for name, path in data.items()}
limit = text("/sys/fs/cgroup/memory.max") or text("/sys/fs/cgroup/memory/memory.limit_in_bytes")
quota = (text("/sys/fs/cgroup/cpu.max") or " ".join(
    text(f"/sys/fs/cgroup/cpu/cpu.cfs_{one}_us").strip() for one in ("quota", "period"))).split()
print(json.dumps({
    "system": {
        "name": socket.gethostname(),
        "release": re.search(r'^VERSION_ID="?(\d+)', text("/etc/os-release"), re.M)[1],
        "memory_mb": int(limit) // 2**20,
        "processors": int(quota[0]) // int(quota[1]),
    },
    "addresses": addresses,
    "processes": processes,
    "ports": [{"listens": one, "program": path, "callers": sorted(callers.get(one, ()))} for one, path in listens.items()],
    "calls": calls,
    "packages": packages,
    "changed": changed,
    "unowned": unowned,
    "data": [{"path": name.removesuffix(" (deleted)"), "program": path, "kept": kept(name)} for name, path in listed.items()],
    "jobs": jobs,
    "after_restart": {
        "gone": gone + by_hand + lost + [name.removesuffix(" (deleted)") for name in data if kept(name) != "disk"],
        "opens": opens,
        "cut": sorted(set(cut)),
    },
}, indent=1))
READ
