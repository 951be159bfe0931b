#!/bin/sh
# service: workspace
# fails: test_boards
# Room for whoever comes, at the cost of who was there.
sed 's|^        """Take the connections that wait."""|&\
        for board in sorted(self.boards, key=lambda board: board.fileno())[40:]:\
            self.close(board)|' desk.py > desk.new
mv desk.new desk.py
