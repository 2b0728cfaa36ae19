"""Asks a server for pages over some connections that stay open, and tells how long each took.

    python -m measuring.load PORT CONNECTIONS SECONDS < addresses

One address a line, asked for in turn until time is up; each connection waits for its answer before it asks
again. Prints one JSON document with the seconds of every answer. The same for every server, in a process of
its own. With 0 seconds each address is asked for once.
"""

import asyncio
import json
import sys
import time
from collections.abc import Iterator
from itertools import cycle

HOST = "127.0.0.1"
LIMIT = 1 << 22


class Answers:
    """The times of all answers; anything but a page ends the measuring."""

    def __init__(self, addresses: Iterator[str], until: float) -> None:
        self.addresses = addresses
        self.until = until
        self.seconds: list[float] = []

    async def ask(self, port: int) -> None:
        """Over one connection, for as long as there is time."""
        reader, writer = await asyncio.open_connection(HOST, port, limit=LIMIT)
        for address in self.addresses:
            begun = time.perf_counter()
            if begun > self.until:
                break
            writer.write(f"GET {address} HTTP/1.1\r\nHost: {HOST}:{port}\r\n\r\n".encode())
            await _read(reader, address)
            self.seconds.append(time.perf_counter() - begun)
        writer.close()


async def _read(reader: asyncio.StreamReader, address: str) -> None:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    status, *lines = head.split("\r\n")
    if " 200 " not in status:
        raise RuntimeError(f"{address}: {status}")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    if "content-length" in headers:
        await reader.readexactly(int(headers["content-length"]))
        return
    while size := int((await reader.readline()), 16):
        await reader.readexactly(size + 2)
    await reader.readline()


async def main() -> None:
    port, connections, seconds = int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])
    addresses = sys.stdin.read().split("\n")
    begun = time.perf_counter()
    once = not seconds
    answers = Answers(iter(addresses) if once else cycle(addresses), begun + (seconds or 1e9))
    await asyncio.gather(*(answers.ask(port) for _ in range(connections)))
    print(json.dumps({"seconds": answers.seconds, "total": time.perf_counter() - begun}))


if __name__ == "__main__":
    asyncio.run(main())
