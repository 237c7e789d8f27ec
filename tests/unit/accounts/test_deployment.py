"""When readers sign in, where their letters lead, and what is forgotten in time."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tawatur.app import App, open_app
from tawatur.config import load
from tawatur.errors import ConfigError
from tawatur.reader import LOCAL, Reader, ReaderId
from tawatur.store.readers import Purpose, Session, Token

NOW = datetime(2026, 3, 9, tzinfo=UTC)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def deployed(home: Path, **variables: str) -> App:
    return open_app(load({"TAWATUR_HOME": str(home), **variables}))


@pytest.fixture
def app(home: Path) -> Iterator[App]:
    with deployed(home) as opened:
        yield opened


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "127.8.8.8"])
def test_on_this_machine_alone_there_is_one_reader(app: App, host: str) -> None:
    accounts = app.accounts(host=host)
    assert accounts.single
    assert accounts.local().id == LOCAL
    assert accounts.local() == app.store.reader(LOCAL)


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.7", "::", "news.example"])
def test_elsewhere_readers_sign_in(app: App, host: str) -> None:
    assert not app.accounts(host=host).single


def test_the_settings_let_readers_sign_in_at_this_machine_too(home: Path) -> None:
    with deployed(home, TAWATUR_ACCOUNTS="on", TAWATUR_REGISTRATION="open") as app:
        assert (app.accounts().single, app.accounts().registration) == (False, "open")


def test_letters_lead_to_where_the_pages_stand(home: Path, app: App) -> None:
    assert app.accounts().base == "http://127.0.0.1:8000"
    assert app.accounts(host="::1").base == "http://[::1]:8000"
    assert app.accounts(base="http://127.0.0.1:4711/").base == "http://127.0.0.1:4711"
    with deployed(home, TAWATUR_BASE_URL="https://news.example/") as named:
        assert named.accounts(base="http://127.0.0.1:4711/").base == "https://news.example"


def test_letters_need_to_come_from_somebody(home: Path) -> None:
    with deployed(home, TAWATUR_SMTP_URL="smtp://127.0.0.1:25") as app, pytest.raises(ConfigError, match="MAIL_FROM"):
        app.accounts()
    with deployed(home, TAWATUR_SMTP_URL="smtp://127.0.0.1:25", TAWATUR_MAIL_FROM="news@tawatur.example") as app:
        assert app.accounts().sends


def test_a_secret_can_stand_in_a_file(home: Path, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("sesame\n")
    variables = {"TAWATUR_OIDC_ISSUER": "https://id.example", "TAWATUR_OIDC_CLIENT_ID": "tawatur"}
    settings = load({**variables, "TAWATUR_OIDC_CLIENT_SECRET_FILE": str(tmp_path / "secret")})
    assert settings.oidc
    assert settings.oidc.secret == "sesame"
    assert "sesame" not in repr(settings)


def test_what_has_expired_is_forgotten_while_pages_are_served(app: App) -> None:
    reader = Reader(id=ReaderId("r1"), email="salma@manara.example", made=NOW)
    app.store.add_reader(reader)
    app.store.add_session(Session(hash="s", reader=reader.id, made=NOW, seen=NOW, expires=NOW + timedelta(days=1)))
    app.store.add_token(Token(hash="t", purpose=Purpose.RESET, email=reader.email, expires=NOW, reader=reader.id))
    app.store.add_failure("k", at=NOW, since=NOW)

    async def serve() -> None:
        stop = asyncio.Event()
        kept = asyncio.create_task(app.keep_accounts(app.accounts(), stop))
        for _ in range(100):
            if app.store.failures("k") is None:
                break
            await asyncio.sleep(0.05)
        stop.set()
        await asyncio.wait_for(kept, 10)

    asyncio.run(serve())
    assert app.store.failures("k") is None
    assert app.store.session("s", now=NOW) is None
    assert app.store.token("t", Purpose.RESET, now=NOW - timedelta(days=1)) is None
