"""The socket on which the pages are served: the one place where the program listens."""

from __future__ import annotations

import errno
import socket

from tawatur.errors import ConfigError, PortInUse

Place = socket.socket


def listening(host: str, port: int) -> socket.socket:
    """Return a socket that listens; port 0 takes a free one.

    Raises:
        PortInUse: another program listens there.
        ConfigError: the address is none of this machine's, or the port is not for this user.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    place = socket.socket(family, socket.SOCK_STREAM)
    place.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        place.bind((host, port))
        place.listen()
    except OSError as error:
        place.close()
        if error.errno == errno.EADDRINUSE:
            raise PortInUse(f"{host}:{port}") from error
        raise ConfigError(f"{host}:{port}", error.strerror or str(error)) from error
    return place


def address(place: socket.socket) -> str:
    """Return the address of the pages that a socket serves."""
    host, port = place.getsockname()[:2]
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"
