#!/bin/sh
# service: workspace
# One thread that waits for any child, for as long as the service lives.
sed 's|^    stop = queue.SimpleQueue()|&\
\
    def collect():\
        while True:\
            try:\
                os.waitpid(-1, 0)\
            except ChildProcessError:\
                time.sleep(0.2)\
\
    threading.Thread(target=collect, daemon=True).start()|' kitchen.py > kitchen.new
mv kitchen.new kitchen.py
