"""A real server of object storage on this machine, and a bucket in it."""

import json
from collections.abc import Iterator, Sequence
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


@contextmanager
def checked(variables: dict[str, str]) -> Iterator[None]:
    """Let the server look at credentials and rights meanwhile, and its client begin anew with other variables."""
    from moto import settings
    from moto.core.responses import ActionAuthenticatorMixin

    with pytest.MonkeyPatch.context() as environment:
        for name, value in variables.items():
            environment.setenv(name, value)
        environment.setattr(settings, "INITIAL_NO_AUTH_ACTION_COUNT", 0.0)
        environment.setattr(ActionAuthenticatorMixin, "request_count", 0)
        with new_client():
            yield


@contextmanager
def new_client() -> Iterator[None]:
    """Let the client of the store find anew where it is and who asks, and again afterwards."""
    import s3fs

    from tawatur import objects

    def forget() -> None:
        objects._filesystem.cache_clear()
        objects._ANSWERED.clear()
        s3fs.S3FileSystem.clear_instance_cache()

    forget()
    try:
        yield
    finally:
        forget()


def person(name: str, actions: Sequence[str]) -> dict[str, str]:
    """Return the variables of somebody who may do some things with all that the store holds, while it does not look yet."""
    import boto3

    iam = boto3.client("iam")
    iam.create_user(UserName=name)
    if actions:
        statement = {"Effect": "Allow", "Action": list(actions), "Resource": "*"}
        policy = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
        iam.put_user_policy(UserName=name, PolicyName="rights", PolicyDocument=policy)
    key = iam.create_access_key(UserName=name)["AccessKey"]
    return {"AWS_ACCESS_KEY_ID": key["AccessKeyId"], "AWS_SECRET_ACCESS_KEY": key["SecretAccessKey"]}
