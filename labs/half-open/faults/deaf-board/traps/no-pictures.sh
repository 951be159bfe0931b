#!/bin/sh
# fails: test_boards
sed -i 's/^            for board in list(self.boards):$/            for board in []:/' /srv/desk/yard.py
sv restart desk
