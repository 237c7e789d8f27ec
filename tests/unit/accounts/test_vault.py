"""Secrets that are sealed: by whom they can be opened, what a lost key does, and many processes that make one at a time."""

import asyncio
import stat
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pyotp
import pytest

from tawatur.accounts import Accounts
from tawatur.accounts.second import new_secret
from tawatur.accounts.vault import MARK, Vault
from tawatur.reader import Reader, ReaderId
from tawatur.store import MEMORY, open_store
from tawatur.store.readers import Credentials

NOW = datetime(2026, 3, 9, 12, tzinfo=UTC)
SALMA = Reader(id=ReaderId("salma"), email="salma@manara.example", made=NOW)


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return Vault(tmp_path / "home" / "accounts.key")


def test_a_secret_comes_back_for_its_owner_alone(vault: Vault) -> None:
    secret = new_secret()
    kept, again = vault.seal(secret, "salma"), vault.seal(secret, "salma")
    assert kept.startswith(MARK)
    assert secret not in kept
    assert kept != again
    assert (vault.open(kept, "salma"), vault.open(again, "salma")) == (secret, secret)
    assert vault.open(kept, "omar") == ""


def test_nobody_else_can_read_the_key(vault: Vault) -> None:
    assert vault.path
    vault.seal("x", "salma")
    assert stat.S_IMODE(vault.path.stat().st_mode) == 0o600
    assert [one.name for one in vault.path.parent.iterdir()] == ["accounts.key"]


def test_what_was_never_sealed_is_read_as_it_stands(vault: Vault) -> None:
    secret = new_secret()
    assert vault.open(secret, "salma") == secret
    assert (vault.seal("", "salma"), vault.open("", "salma")) == ("", "")
    assert Vault().seal(secret, "salma") == secret


@pytest.mark.parametrize("key", [None, b"", b"no key\n", b"A" * 43 + b"=\n"])
def test_what_the_key_does_not_open_is_no_secret(vault: Vault, key: bytes | None) -> None:
    assert vault.path
    kept = vault.seal(new_secret(), "salma")
    vault.path.unlink() if key is None else vault.path.write_bytes(key)
    assert vault.open(kept, "salma") == ""
    assert vault.open(MARK + "%%%", "salma") == ""
    assert Vault().open(kept, "salma") == ""


def test_of_many_that_make_a_key_all_take_the_first_one(vault: Vault) -> None:
    with ThreadPoolExecutor(8) as pool:
        kept = list(pool.map(lambda at: Vault(vault.path).seal(f"s{at}", "salma"), range(24)))
    assert [vault.open(one, "salma") for one in kept] == [f"s{at}" for at in range(24)]


def test_a_second_step_is_kept_sealed_and_works_and_without_its_key_the_recovery_codes_do(vault: Vault) -> None:
    store = open_store(MEMORY)
    store.add_reader(SALMA)
    accounts, secret = Accounts(store, single=False, vault=vault), new_secret()
    codes = accounts.own.begin_second(SALMA, secret, pyotp.TOTP(secret).at(NOW), now=NOW)
    assert codes
    assert secret not in store.credentials(SALMA.id).totp
    later = NOW.replace(hour=13)
    code = pyotp.TOTP(secret).at(later)
    assert not Accounts(store).entering.code_fits(SALMA.id, code, now=later)
    assert accounts.entering.code_fits(SALMA.id, code, now=later)
    assert vault.path
    vault.path.unlink()
    later = NOW.replace(hour=14)
    assert not accounts.entering.code_fits(SALMA.id, pyotp.TOTP(secret).at(later), now=later)
    assert accounts.entering.code_fits(SALMA.id, codes[0], now=later)


def test_what_an_older_release_kept_open_is_sealed_once(vault: Vault) -> None:
    store, secret = open_store(MEMORY), new_secret()
    store.add_reader(SALMA, Credentials(totp=secret))
    store.add_reader(replace(SALMA, id=ReaderId("omar"), email="omar@manara.example"))
    accounts = Accounts(store, single=False, vault=vault)

    async def tidied() -> None:
        stop = asyncio.Event()
        tidying = asyncio.create_task(accounts.tidy(stop))
        while store.credentials(SALMA.id).totp == secret:
            await asyncio.sleep(0.01)
        stop.set()
        await tidying

    asyncio.run(asyncio.wait_for(tidied(), 20))
    kept = store.credentials(SALMA.id).totp
    assert vault.open(kept, SALMA.id) == secret
    accounts.seal()
    assert store.credentials(SALMA.id).totp == kept
    assert store.credentials(ReaderId("omar")).totp == ""
