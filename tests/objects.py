"""A real server of object storage on this machine, and a bucket in it."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

BUCKET = "s3://news"


@contextmanager
def object_store() -> Iterator[dict[str, str]]:
    """Run a server that speaks S3; give the variables by which its clients find it, which are set meanwhile."""
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    variables = {
        "AWS_ENDPOINT_URL": f"http://{host}:{port}",
        "AWS_ACCESS_KEY_ID": "newsroom",
        "AWS_SECRET_ACCESS_KEY": "secret",
        "AWS_DEFAULT_REGION": "us-east-1",
    }
    try:
        with pytest.MonkeyPatch.context() as environment:
            for name, value in variables.items():
                environment.setenv(name, value)
            import fsspec

            fsspec.filesystem("s3").mkdir(BUCKET)
            yield variables
    finally:
        server.stop()
