"""Servers that answer badly: nothing they send costs more than the limits, and each comes to its reason."""

import gzip
import time
import zlib

import brotli
import pytest
import zstandard
from tests.network.hostile import Handler, answer, endless, fetched, head, raw, redirect, reset

from tawatur.fetch.http import Fetched, Reason, Refused

MIB = 1 << 20
ZEROS = bytes(8 * MIB)
PAGE = "<p>جسر</p>".encode()


def refused(handler: Handler, **rules: object) -> Refused:
    found = fetched({"/": handler}, **rules)
    assert isinstance(found, Refused)
    return found


@pytest.mark.parametrize(
    ("handler", "reason"),
    [
        pytest.param(raw(b"<html>no protocol at all</html>", close=True), Reason.BAD_ANSWER, id="HTTP/0.9"),
        pytest.param(raw(b"\x16\x03\x01\x02\x00\x01\x00\xff" * 9, close=True), Reason.BAD_ANSWER, id="binary"),
        pytest.param(raw(b"SSH-2.0-server\r\n", close=True), Reason.BAD_ANSWER, id="another protocol"),
        pytest.param(raw(b"", close=True), Reason.DROPPED, id="closed without a word"),
        pytest.param(reset(), Reason.DROPPED, id="reset without a word"),
        pytest.param(reset(b"HTTP/1.1 200 OK\r\nContent-"), Reason.DROPPED, id="reset in the head"),
        pytest.param(reset(head(Content_Length=99) + PAGE), Reason.BROKEN_BODY, id="reset in the body"),
        pytest.param(raw(head(Content_Length=99) + PAGE, close=True), Reason.BROKEN_BODY, id="half a body"),
        pytest.param(
            raw(head(Transfer_Encoding="chunked") + b"5\r\nhello\r\n", close=True),
            Reason.BROKEN_BODY,
            id="half in chunks",
        ),
        pytest.param(
            raw(head(Transfer_Encoding="chunked") + b"zz\r\nhello\r\n", close=True),
            Reason.BAD_ANSWER,
            id="chunk of no size",
        ),
        pytest.param(raw(head(Content_Length="many"), close=True), Reason.BAD_ANSWER, id="a length that is no number"),
        pytest.param(raw(head(Content_Length=-5), close=True), Reason.BAD_ANSWER, id="a negative length"),
        pytest.param(raw(b"HTTP/1.1 200 OK\r\nA: " + b"x" * 40_000 + b"\r\n\r\n"), Reason.HEADERS, id="a giant header"),
        pytest.param(raw(b"HTTP/1.1 200 " + b"x" * 40_000 + b"\r\n\r\n"), Reason.HEADERS, id="a giant status line"),
        pytest.param(
            raw(b"HTTP/1.1 200 OK\r\n" + b"".join(b"A%d: x\r\n" % n for n in range(500)) + b"\r\n"),
            Reason.HEADERS,
            id="five hundred headers",
        ),
        pytest.param(
            endless(b"HTTP/1.1 200 OK\r\n", b"Set-Cookie: a=b\r\n" * 100), Reason.HEADERS, id="endless headers"
        ),
        pytest.param(endless(b"HTTP/1.1 200 OK\r\nA: ", b"x" * 5000), Reason.HEADERS, id="an endless header"),
        pytest.param(endless(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 20), Reason.SLOW_ANSWER, id="endless 'continue'"),
        pytest.param(raw(head("101 Switching Protocols", Upgrade="x")), Reason.STATUS, id="another protocol offered"),
        pytest.param(answer(b"", status="304 Not Modified"), Reason.STATUS, id="304 that nobody asked for"),
        pytest.param(answer(b"", status="999 Odd"), Reason.SERVER, id="a status beyond all"),
        pytest.param(answer(PAGE, status="302 Found"), Reason.NOWHERE, id="a redirect without a place"),
    ],
)
def test_what_is_no_proper_answer_comes_to_its_reason(handler: Handler, reason: Reason) -> None:
    assert refused(handler).reason is reason


@pytest.mark.parametrize(
    ("handler", "reason"),
    [
        pytest.param(endless(head(), b"x" * 65536), Reason.TOO_LARGE, id="endless body"),
        pytest.param(
            endless(head(Transfer_Encoding="chunked"), b"8\r\nabcdefgh\r\n" * 999),
            Reason.TOO_LARGE,
            id="endless chunks",
        ),
        pytest.param(
            endless(head(Content_Encoding="gzip") + b"\x1f\x8b\x08\x08" + bytes(6), b"x" * 65536),
            Reason.TOO_LARGE,
            id="a name in gzip without end",
        ),
        pytest.param(
            endless(head(Content_Encoding="gzip"), gzip.compress(b"") * 1000),
            Reason.TOO_LARGE,
            id="empty files without end",
        ),
        pytest.param(raw(head(Content_Length=1 << 40)), Reason.TOO_LARGE, id="a length beyond the limit"),
        pytest.param(answer(gzip.compress(ZEROS), Content_Encoding="gzip"), Reason.BOMB, id="gzip"),
        pytest.param(answer(zlib.compress(ZEROS), Content_Encoding="deflate"), Reason.BOMB, id="deflate"),
        pytest.param(answer(brotli.compress(ZEROS, quality=1), Content_Encoding="br"), Reason.BOMB, id="br"),
        pytest.param(answer(zstandard.compress(ZEROS), Content_Encoding="zstd"), Reason.BOMB, id="zstd"),
        pytest.param(
            answer(gzip.compress(gzip.compress(ZEROS)), Content_Encoding="gzip, gzip"), Reason.BOMB, id="gzip in gzip"
        ),
        pytest.param(
            answer(brotli.compress(gzip.compress(ZEROS)), Content_Encoding="gzip, br"), Reason.BOMB, id="gzip in br"
        ),
        pytest.param(answer(gzip.compress(ZEROS), Content_Type="application/gzip"), Reason.BOMB, id="a packed file"),
        pytest.param(answer(b"x" * 99, Content_Encoding="gzip, " * 40 + "gzip"), Reason.CODING, id="forty layers"),
        pytest.param(answer(b"x" * 99, Content_Encoding="compress"), Reason.CODING, id="a coding that nobody uses"),
        pytest.param(
            answer(b"x" * 99, Content_Encoding="gzip"), Reason.BROKEN_BODY, id="what is called gzip and is not"
        ),
        pytest.param(
            answer(gzip.compress(PAGE * 99)[:-9], Content_Encoding="gzip"),
            Reason.BROKEN_BODY,
            id="gzip that is cut off",
        ),
    ],
)
def test_bodies_are_given_up_at_their_limits(handler: Handler, reason: Reason) -> None:
    assert refused(handler).reason is reason


@pytest.mark.parametrize(
    ("handler", "reason", "most"),
    [
        pytest.param(
            raw(b"HTTP/1.1 200 OK\r\n", *[b"A: b\r\n"] * 99, every=0.1), Reason.SLOW_ANSWER, 3.0, id="drip of headers"
        ),
        pytest.param(raw(every=9), Reason.SLOW_ANSWER, 3.0, id="silence"),
        pytest.param(raw(head(), *[b"x"] * 99, every=0.05), Reason.SLOW_BODY, 1.5, id="drip of body"),
        pytest.param(
            raw(head(), b"x" * 9000, *[b"x"] * 99, every=0.1), Reason.SLOW_BODY, 1.5, id="drip behind a beginning"
        ),
        pytest.param(
            raw(head(), *[b"x" * 5000] * 99, every=0.1), Reason.SLOW_BODY, 3.9, id="a body that takes too long"
        ),
        pytest.param(raw(head(Content_Length=9), b"", every=9), Reason.SLOW_BODY, 1.5, id="silence behind the head"),
    ],
)
def test_slow_servers_are_given_up_in_time(handler: Handler, reason: Reason, most: float) -> None:
    begun = time.monotonic()
    found = refused(handler, connect_time=0.5)
    assert found.reason is reason
    assert time.monotonic() - begun < most


def test_a_slow_body_that_keeps_the_pace_is_taken() -> None:
    found = fetched({"/": raw(head(Content_Length=50_000), *[b"x" * 5000] * 10, every=0.1)})
    assert isinstance(found, Fetched)
    assert len(found.content) == 50_000


def test_a_loop_of_redirects_and_a_chain_without_end_are_left() -> None:
    loop = {"/": redirect("/b"), "/b": redirect("/")}
    chain = {f"/{n or ''}": redirect(f"/{n + 1}") for n in range(30)}
    assert getattr(fetched(loop), "reason", None) is Reason.LOOP
    assert getattr(fetched(chain), "reason", None) is Reason.REDIRECTS


CODINGS = {
    "gzip": ("gzip", gzip.compress(PAGE * 99)),
    "gzip in two members": ("x-gzip", gzip.compress(PAGE * 50) + gzip.compress(PAGE * 49)),
    "gzip with a tail": ("gzip", gzip.compress(PAGE * 99) + b"\0 rubbish that browsers do not mind"),
    "deflate": ("deflate", zlib.compress(PAGE * 99)),
    "deflate without its head": ("deflate", zlib.compress(PAGE * 99)[2:-4]),
    "br": ("br", brotli.compress(PAGE * 99)),
    "zstd": ("zstd", zstandard.compress(PAGE * 99)),
    "zstd in two frames": ("zstd", zstandard.compress(PAGE * 50) + zstandard.compress(PAGE * 49)),
    "gzip in br": ("gzip, br", brotli.compress(gzip.compress(PAGE * 99))),
    "in capitals": ("GZIP", gzip.compress(PAGE * 99)),
    "identity": ("identity", PAGE * 99),
    "a charset for a coding": ("UTF-8", PAGE * 99),
    "none and gzip": ("none, gzip", gzip.compress(PAGE * 99)),
    "gzip called identity": ("identity", gzip.compress(PAGE * 99)),
    "gzip twice, told once": ("gzip", gzip.compress(gzip.compress(PAGE * 99))),
}


# Named by hand: gzip writes the time into its head, and tests that run side by side must have the same names.
@pytest.mark.parametrize(("coding", "packed"), CODINGS.values(), ids=CODINGS.keys())
def test_every_coding_of_the_web_is_unpacked(coding: str, packed: bytes) -> None:
    found = fetched({"/": answer(packed, Content_Encoding=coding)})
    assert isinstance(found, Fetched)
    assert found.content == PAGE * 99


@pytest.mark.parametrize(
    "start",
    [
        pytest.param(b"HTTP/1.1 200 OK\nContent-Length: %d\n\n", id="lines that end in LF"),
        pytest.param(b"HTTP/1.1 200\r\nContent-Length: %d\r\n\r\n", id="no word for the status"),
        pytest.param(b"HTTP/1.0 200 OK\r\nX-Length: %d\r\n\r\n", id="no length"),
        pytest.param(b"HTTP/1.1 200 OK\r\nX: a\r\n b\r\nContent-Length: %d\r\n\r\n", id="a header over two lines"),
        pytest.param(b"HTTP/1.1 200 OK\r\nX: \xc8\xd1\r\nContent-Length: %d\r\n\r\n", id="letters of windows-1256"),
        pytest.param(b"HTTP/1.1 200 OK\r\nX: " + b"x" * 12_000 + b"\r\nContent-Length: %d\r\n\r\n", id="a long policy"),
        pytest.param(
            b"HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n",
            id="hints first",
        ),
    ],
)
def test_what_servers_commonly_do_not_quite_right_is_taken(start: bytes) -> None:
    found = fetched({"/": raw(start % len(PAGE) + PAGE, close=True)})
    assert isinstance(found, Fetched)
    assert found.content == PAGE
