"""The little of HTTP that customers need: to ask, and to be asked."""

import asyncio
import json
import time
from urllib.parse import parse_qsl, urlsplit

LARGEST = 1 << 20


async def ask(host, port, method, path, body=None, headers=None, patience=10.0):
    """One request; gives status, answer and seconds. Status 0 is no answer."""
    began = time.monotonic()
    try:
        status, text = await asyncio.wait_for(_ask(host, port, method, path, body, headers or {}), patience)
    except (OSError, ValueError, IndexError, EOFError, TimeoutError) as problem:
        status, text = 0, type(problem).__name__
    return status, text, round(time.monotonic() - began, 5)


async def _ask(host, port, method, path, body, headers):
    reader, writer = await asyncio.open_connection(host, port)
    try:
        data = json.dumps(body).encode() if body is not None else b""
        lines = [f"{method} {path} HTTP/1.0", f"Host: {host}"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        if data:
            lines += ["Content-Type: application/json", f"Content-Length: {len(data)}"]
        writer.write(("\r\n".join(lines) + "\r\n\r\n").encode() + data)
        answer = b""
        while more := await reader.read(LARGEST):
            answer += more
        head, _, rest = answer.partition(b"\r\n\r\n")
        return int(head.split(b" ", 2)[1]), rest.decode("utf-8", "replace")
    finally:
        writer.close()


async def serve(port, answer):
    """Answer requests with what ``await answer(method, path, words, body)`` gives: a status and something for JSON."""

    async def meet(reader, writer):
        try:
            status, found = await _meet(reader, answer)
            body = (json.dumps(found) + "\n").encode()
            head = f"HTTP/1.1 {status} .\r\nContent-Type: application/json\r\nConnection: close\r\n"
            writer.write(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
            await writer.drain()
        except (OSError, EOFError, ValueError, asyncio.LimitOverrunError):
            pass
        finally:
            writer.close()

    return await asyncio.start_server(meet, "0.0.0.0", port)


async def _meet(reader, answer):
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    method, target, _ = head.split("\r\n", 1)[0].split(" ")
    length = 0
    for line in head.split("\r\n")[1:]:
        name, _, value = line.partition(":")
        if name.lower() == "content-length":
            length = min(int(value), LARGEST)
    text = await reader.readexactly(length)
    asked = urlsplit(target)
    try:
        return await answer(method, asked.path, dict(parse_qsl(asked.query)), json.loads(text or b"{}"))
    except (KeyError, TypeError, ValueError, AttributeError) as problem:
        return 400, {"error": repr(problem)}
