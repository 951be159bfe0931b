#!/usr/bin/python3
"""The judge of a host that was built: it calls as the railway's customers do, and is the bank.

It shares the host's network and nothing else; customers call from outside, which here is another loopback address than
the one that a program takes for "this machine only". Steps are asked for at a socket of its own file system, by ask.py.
"""

import asyncio
import json
import os
import time
from pathlib import Path

SOCKET = "/run/judge.sock"
OUTSIDE, BANK, CUSTOMER = "127.0.0.2", "127.0.0.3", "127.0.0.9"
PATIENCE = 8.0
LARGEST = 65536
LISTENING, NOBODYS = "0A", "0"
AT_ONCE = 4
"""Programs of the host that speak to the ledger side by side, where there is much to say."""
MOST = 5000
"""Lines of the bank's that are kept."""
EVERY = 0.3
"""Seconds between two attempts at a step that waits for something."""


def has_come(step, found):
    """Whether a step has found what it waits for; ``until`` has a name, and the value where one is wanted."""
    name, *values = step.get("until") or (None,)
    return name is None or (name in found and (not values or found[name] == values[0]))


def user_at(port):
    """Number of the user whose connection comes from a local port, as the kernel tells it; None where it hung up."""
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        with Path(table).open(encoding="ascii") as opened:
            rows = [line.split() for line in opened.readlines()[1:]]
        for row in rows:
            if row[3] != LISTENING and row[9] != NOBODYS and int(row[1].rpartition(":")[2], 16) == port:
                return int(row[7])
    return None


class Judge:
    """What it holds open, and what the bank has heard."""

    def __init__(self):
        self.heard = []
        self.held = {}
        self.moment = 0.0
        self.doors = []
        self.silent = []

    async def bank(self, reader, writer):
        """Take what is sent to the bank, and say so."""
        try:
            user, port = user_at(writer.get_extra_info("peername")[1]), writer.get_extra_info("sockname")[1]
            said = await asyncio.wait_for(reader.readline(), PATIENCE)
            if len(self.heard) < MOST:
                self.heard.append([time.time(), said.decode("utf-8", "replace").rstrip("\n")[:200], user, port])
            writer.write(b"received\n")
            await writer.drain()
        except (OSError, ValueError, EOFError, TimeoutError):
            pass
        finally:
            writer.close()

    async def open_bank(self, _step=None):
        """Let the bank be there, at each of its ports."""
        ports = os.environ["BANK_PORT"].split(",")
        self.doors = [await asyncio.start_server(self.bank, BANK, int(port)) for port in ports]
        return {}

    async def shut_bank(self, _step):
        """Let nobody be there at the bank's ports, from this moment on."""
        for door in self.doors:
            door.close()
        return await self.remember(_step)

    async def call(self, port):
        """Connect to the host as a customer."""
        opening = asyncio.open_connection(OUTSIDE, port, local_addr=(CUSTOMER, 0), limit=LARGEST)
        return await asyncio.wait_for(opening, PATIENCE)

    async def desk(self, step):
        """Ask over HTTP; status 0 where nothing came."""
        reader, writer = await self.call(step["port"])
        try:
            body = step.get("body", "")
            head = f"{step['method']} {step['path']} HTTP/1.0\r\nHost: sanroku\r\nContent-Length: {len(body)}\r\n\r\n"
            writer.write(head.encode() + body.encode())
            said = b""
            while len(said) < LARGEST and (more := await asyncio.wait_for(reader.read(4096), PATIENCE)):
                said += more
        finally:
            writer.close()
        head, _, text = said.decode("utf-8", "replace").partition("\r\n\r\n")
        status = head.split(" ")[1:2]
        return {"status": int(status[0]) if status and status[0].isdecimal() else 0, "text": text}

    async def say(self, step):
        """Say a line on a connection that is held under a name; a new one where there is none."""
        name = step["name"]
        if name not in self.held:
            self.held[name] = await self.call(step["port"])
        reader, writer = self.held[name]
        writer.write(step["text"].encode() + b"\n")
        await writer.drain()
        said = await asyncio.wait_for(reader.readline(), PATIENCE)
        return {"said": said.decode("utf-8", "replace").strip()}

    async def many(self, step):
        """Let so many hold a line at once, and pass on it; gives how many were let in before one was not."""
        lines, let_in = [], 0
        try:
            for _ in range(step["count"]):
                reader, writer = await self.call(step["port"])
                lines.append(writer)
                writer.write(b"pass\n")
                if not (await asyncio.wait_for(reader.readline(), PATIENCE)).startswith(b"open "):
                    break
                let_in += 1
        except (OSError, ValueError, EOFError, TimeoutError):
            pass
        for writer in lines:
            writer.close()
        return {"let_in": let_in}

    async def inside(self, step):
        """Say a line as a program of the host itself does, and give what is said to it."""
        reader, writer = await asyncio.wait_for(asyncio.open_connection("127.0.0.1", step["port"]), PATIENCE)
        try:
            writer.write(step["text"].encode() + b"\n")
            return {"said": (await asyncio.wait_for(reader.readline(), PATIENCE)).decode("utf-8", "replace").strip()}
        finally:
            writer.close()

    async def fill(self, step):
        """Say so many lines, as programs of the host itself do, a few of them at once."""
        numbers = iter(range(step["count"]))

        async def some():
            for number in numbers:
                await self.inside(step | {"text": f"{step['text']} {number}"})

        await asyncio.gather(*(some() for _ in range(AT_ONCE)))
        return {}

    async def hush(self, step):
        """Connect as programs of the host itself do, so often, and never say anything."""
        for _ in range(step["count"]):
            self.silent.append(await asyncio.wait_for(asyncio.open_connection("127.0.0.1", step["port"]), PATIENCE))
        return {}

    async def rest(self, step):
        """Wait until so many seconds have passed since the moment."""
        await asyncio.sleep(max(0.0, self.moment + step["seconds"] - time.time()))
        return {}

    async def reach(self, step):
        """Whether a port is open to somebody outside."""
        _, writer = await self.call(step["port"])
        writer.close()
        return {"open": True}

    async def remember(self, _step):
        """Take this for the moment after which the bank is to hear something."""
        self.moment = time.time()
        return {}

    async def heard_so_far(self, step):
        """What the bank has heard: when, what, from whom, at which port; all, or what came ``after`` the moment."""
        since, ending = self.moment if step.get("after") else 0.0, step.get("ending", "")
        lines = [one for one in self.heard if one[0] > since and one[1].endswith(ending)]
        lines = [one for one in lines if one[3] == step.get("port", one[3])]
        return {"lines": lines, "enough": len(lines) >= step.get("least", 1)}

    async def once(self, step):
        """Carry out a step; what goes wrong is an answer, too."""
        kinds = {"desk": self.desk, "say": self.say, "many": self.many, "inside": self.inside}
        kinds |= {"reach": self.reach, "bank": self.heard_so_far, "moment": self.remember, "fill": self.fill}
        kinds |= {"hush": self.hush, "rest": self.rest, "shut": self.shut_bank, "open": self.open_bank}
        try:
            return await kinds[step["do"]](step)
        except (OSError, ValueError, EOFError, TimeoutError) as problem:
            self.held.pop(step.get("name"), None)
            return {"problem": type(problem).__name__}

    async def carry_out(self, step):
        """Carry out a step, again and again ``within`` some seconds until it has found what it waits for."""
        last = time.monotonic() + step.get("within", 0)
        while not has_come(step, found := await self.once(step)) and time.monotonic() < last:
            await asyncio.sleep(EVERY)
        return found

    async def asked(self, reader, writer):
        """Carry out what ask.py brings, one step after the other."""
        steps = json.loads(await reader.readline())
        writer.write(json.dumps([await self.carry_out(one) for one in steps]).encode() + b"\n")
        await writer.drain()
        writer.close()


async def main():
    """Be there for ever."""
    judge = Judge()
    await judge.open_bank()
    door = await asyncio.start_unix_server(judge.asked, SOCKET)
    await door.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
