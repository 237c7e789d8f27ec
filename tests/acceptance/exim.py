"""Debian's exim as a mail server on this machine with its own folder: TLS, passwords, mailboxes, reports."""

from __future__ import annotations

import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path

EXIM = shutil.which("exim4") or shutil.which("exim") or "/usr/sbin/exim4"
#: Whom Debian lets it deliver as.
USER = "Debian-exim"

_CONFIGURATION = """
exim_user = Debian-exim
exim_group = Debian-exim
primary_hostname = relay.example
spool_directory = {folder}/spool
log_file_path = {folder}/log/%slog
pid_file_path = {folder}/exim.pid
tls_certificate = {certificate}
tls_privatekey = {key}
tls_advertise_hosts = *
auth_advertise_hosts = ${{if eq {{$tls_in_cipher}}{{}}{{}}{{*}}}}
never_users =
acl_smtp_rcpt = rcpt
acl_smtp_data = data
acl_smtp_dkim = dkim
dkim_verify_signers = $dkim_signers
queue_run_in_order
remote_max_parallel = 1
keep_environment =
begin acl
rcpt:
  require authenticated = *
  accept
data:
  accept
dkim:
  accept
begin routers
inside:
  driver = accept
  domains = manara.example
  local_parts = salma : omar
  transport = mailbox
back:
  driver = accept
  domains = news.example
  transport = returned
unknown:
  driver = redirect
  domains = manara.example
  allow_fail
  data = :fail: 550 5.1.1 no such mailbox
begin transports
mailbox:
  driver = appendfile
  directory = {folder}/mailbox
  maildir_format
  create_directory
  return_path_add
  envelope_to_add
  user = Debian-exim
returned:
  driver = appendfile
  directory = {folder}/returned
  maildir_format
  create_directory
  envelope_to_add
  user = Debian-exim
begin retry
* * F,1h,1m
begin authenticators
plain:
  driver = plaintext
  public_name = PLAIN
  server_prompts = :
  server_condition = ${{if and {{{{eq{{$auth2}}{{us}}}}{{eq{{$auth3}}{{open sesame}}}}}}}}
  server_set_id = $auth2
"""


class Exim:
    """A running exim, as a context manager: offers STARTTLS and takes letters of whoever signs in ("us", "open sesame")."""

    def __init__(self, certificate: Path, key: Path) -> None:
        self.folder = folder = Path(tempfile.mkdtemp(prefix="exim-"))
        for name in ("spool", "log", "mailbox", "returned"):
            (folder / name).mkdir()
        for file in (certificate, key):
            shutil.copy(file, folder)
        certificate, key = folder / certificate.name, folder / key.name
        for path in (folder, *folder.iterdir()):
            shutil.chown(path, USER)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = int(free.getsockname()[1])
        self._configuration = folder / "exim.conf"
        self._configuration.write_text(_CONFIGURATION.format(folder=folder, certificate=certificate, key=key))
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Exim:
        command = [EXIM, "-C", self._configuration, "-bdf", "-q5s", "-oX", f"127.0.0.1.{self.port}"]
        self._process = subprocess.Popen([str(part) for part in command], stderr=subprocess.PIPE)
        until = time.monotonic() + 20
        while time.monotonic() < until:
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                break
            except OSError:
                assert self._process.poll() is None, self._process.stderr and self._process.stderr.read()
                time.sleep(0.05)
        return self

    def __exit__(self, *_: object) -> None:
        if self._process:
            self._process.terminate()
            self._process.wait(10)
        shutil.rmtree(self.folder)

    def letters(self, name: str, count: int = 1, seconds: float = 30) -> list[bytes]:
        """Return what lies in a mailbox as soon as it is so many."""
        until = time.monotonic() + seconds
        found: list[Path] = []
        while len(found) < count and time.monotonic() < until:
            found = sorted((self.folder / name / "new").glob("*"))
            time.sleep(0.05)
        logs = [one.read_text() for one in (self.folder / "log").glob("*log")]
        assert len(found) >= count, logs
        return [one.read_bytes() for one in found]


def available() -> bool:
    """Say whether exim is installed, and may run here."""
    return Path(EXIM).exists()
