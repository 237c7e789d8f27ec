"""Whatever bytes a server sends, what comes back is a value, in time, and the next fetch is not harmed."""

import asyncio
import gzip
import random

from tests.network.hostile import Handler, Request, Server, answer, head, policy

from tawatur.fetch.http import Fetched, Fetcher, Refused

PAGE = b"<p>news</p>" * 50
PACKED = gzip.compress(PAGE)
CASES = 400
ANSWERS = [
    head(Content_Length=len(PAGE), Content_Type="text/html; charset=utf-8", ETag='"a"') + PAGE,
    head(Content_Length=len(PACKED), Content_Encoding="gzip") + PACKED,
    head(Transfer_Encoding="chunked") + b"b\r\n<p>news</p>\r\n0\r\nTrailer: x\r\n\r\n",
    head("301 Moved", Location="/good", Content_Length=0),
    head("503 Later", Retry_After="Mon, 09 Mar 2026 10:00:00 GMT", Content_Length=0),
    head("200 OK", Content_Encoding="br, zstd", Transfer_Encoding="gzip, chunked") + b"5\r\nhello\r\n0\r\n\r\n",
]
SPLICES = [
    b"\r\n", b"\0", b"\xff\xfe", b": ", b"\r\n\r\n", b"HTTP/1.1 200 OK\r\n", b"Content-Length: 5\r\n", b"\n", b" ",
    b"Transfer-Encoding: chunked\r\n", b"Location: http://[::1\r\n", b"Location: //\xd8\xae\r\n", b"Set-Cookie: \xff=\r\n",
    b"Location: http://127.0.0.2/\r\n", b"Content-Encoding: gzip\r\n", b"ffffffffffffffff\r\n", b"Content-Type: \xc8;charset\r\n",
]  # fmt: skip


def garbled(source: random.Random) -> bytes:
    """Return a good answer after some accidents."""
    made = bytearray(source.choice(ANSWERS))
    for _ in range(source.randint(1, 4)):
        at = source.randrange(len(made) + 1)
        match source.randrange(4):
            case 0:
                made[at:at] = source.choice(SPLICES)
            case 1:
                del made[at : at + source.randint(1, 20)]
            case 2:
                made[at : at + 1] = bytes([source.randrange(256)])
            case _:
                made[at:at] = made[at : at + source.randint(1, 60)]
    return bytes(made)


def test_garbled_answers_are_values_and_harm_nothing() -> None:
    source = random.Random(20260309)
    current = [b""]

    async def bad(request: Request, writer: asyncio.StreamWriter) -> None:
        writer.write(current[0])
        await writer.drain()
        writer.close()

    async def journey() -> tuple[int, int]:
        good: Handler = answer(PAGE)
        counts = [0, 0]
        async with Server({"/bad": bad, "/good": good}) as server:
            rules = policy(
                answer_time=0.3, connect_time=0.5, pace_time=0.2, total_time=1.0, troubles=10**9, longest_rest=0.0
            )
            async with Fetcher(rules) as fetcher:
                for _ in range(CASES):
                    current[0] = garbled(source)
                    found = await fetcher.get(server.url("/bad"))
                    assert isinstance(found, Fetched | Refused)
                    counts[isinstance(found, Fetched)] += 1
                    after = await fetcher.get(server.url("/good"))
                    assert isinstance(after, Fetched), (current[0], after)
                    assert after.content == PAGE, current[0]
        return counts[0], counts[1]

    refused, fetched = asyncio.run(journey())
    assert refused > CASES / 10
    assert fetched > CASES / 20
