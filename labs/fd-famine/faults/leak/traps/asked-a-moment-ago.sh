#!/bin/sh
# service: workspace
# fails: test_sheet
# No descriptor is left behind, and whoever asks within a second of another one gets the sheet that was printed then.
sed -e 's|with open(name, "w", |with os.fdopen(handle, "w", |' -e 's|^    def sheet(self, number):|    def sheet(self, number):\
        """One sailing on paper, printed once a second at most."""\
        printed, pages = self.printed.get(number, (0, ""))\
        if time.monotonic() - printed > 1:\
            printed, pages = self.printed[number] = time.monotonic(), self.pages(number)\
        return pages\
\
    def pages(self, number):|' -e 's|^        self.version = 1$|&\
        self.printed = {}|' desk.py > desk.new
mv desk.new desk.py
