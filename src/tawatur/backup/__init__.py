"""Backups: a store and what its data folder holds, as they are at one moment, in one file that is checked before it has its name.

    make(store, home, path, watch)       while everybody goes on writing
    check(path)                          every byte of it
    restore(path, store, home, …)        built beside what stands there, checked, and put in its place

A backup is a tar file. Tables are in it by rows, so that either database takes them: some megabytes of them are a member (zstd of
MessagePack). Files of the data folder follow as they are. The last members are ``manifest.json``, which names all before it with
their SHA-256, and the SHA-256 of that.
"""

from __future__ import annotations

from tawatur.backup.form import Manifest
from tawatur.backup.making import make
from tawatur.backup.pruning import prune
from tawatur.backup.reading import check
from tawatur.backup.restoring import Restored, restore

__all__ = ["Manifest", "Restored", "check", "make", "prune", "restore"]
