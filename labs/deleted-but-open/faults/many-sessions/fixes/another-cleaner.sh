#!/bin/sh
cat > /etc/often/sessions <<'END'
#!/usr/bin/python3
import configparser, pathlib, time

settings = configparser.ConfigParser()
settings.read("/etc/roofs/roofs.conf")
sessions = settings["sessions"]
oldest = time.time() - 60 * sessions.getint("minutes")
for file in pathlib.Path(sessions["folder"]).glob(sessions["prefix"] + "*"):
    if file.stat().st_mtime < oldest:
        file.unlink(missing_ok=True)
END
