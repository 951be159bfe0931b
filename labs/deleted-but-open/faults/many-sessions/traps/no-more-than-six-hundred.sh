#!/bin/sh
# fails: test_many_crews_can_sign_in
# after: fixes/cleaner-knows-the-name
# Fewer sessions need fewer files.
sed -i -f /dev/stdin /usr/local/lib/roofs/roofs.py <<'END'
/"""Begin a session."""/a\
        if len(os.listdir(self.sessions.folder)) > 600:\
            return self.say(503, {"error": "come back later"})
END
sv restart roofs
