"""One exception tree. Each error has a message key, so that people read a translated line, never a traceback.

An expected failure (a line that is not an article) is a value, ``model.Rejected``; an exception is a surprise, or something
the user must mend before anything can be done.
"""

from __future__ import annotations

import errno


class TawaturError(Exception):
    """Base of all errors. ``subject`` is what the error is about (a path, an id, a setting); ``key`` is a message key."""

    key = "error.unexpected"

    def __init__(self, subject: str, detail: str = "") -> None:
        super().__init__(subject, detail)
        self.subject = subject
        self.detail = detail

    def __str__(self) -> str:
        return f"{self.key}: {self.subject}: {self.detail}" if self.detail else f"{self.key}: {self.subject}"


class InputError(TawaturError):
    """Something that the user gave cannot be read."""

    key = "error.input"


class PathNotFound(InputError):
    """A path that was given does not exist."""

    key = "error.path_not_found"


class StoreError(TawaturError):
    """The store cannot be opened, read or written."""

    key = "error.store"


class StoreLocked(StoreError):
    """Another process keeps the store locked for too long."""

    key = "error.store_locked"


class StoreUnreachable(StoreError):
    """The server of the store cannot be reached, or has cut the connection; what was going on has been taken back."""

    key = "error.store_unreachable"


class RightLost(StoreError):
    """The connection was cut that had a right which one process at a time has, and another process has that right now."""

    key = "error.right_lost"


class StoreNotEmpty(StoreError):
    """A store is to be copied to where another one stands."""

    key = "error.store_not_empty"


class CopyDiffers(StoreError):
    """A table of a copied store is not what it was copied from."""

    key = "error.copy_differs"


class StoreGone(StoreError):
    """The store is not any more where it was opened."""

    key = "error.store_gone"


class StoreTooOld(StoreError):
    """The store was written by an earlier release, or an older copy took its place while it was open."""

    key = "error.store_too_old"


class StoreTooNew(StoreError):
    """The store was written by a later release."""

    key = "error.store_too_new"


class StoreFull(StoreError):
    """There is no room left where the store stands."""

    key = "error.store_full"


class StoreCorrupt(StoreError):
    """The file is damaged, or no store at all."""

    key = "error.store_corrupt"


class StoreReadOnly(StoreError):
    """The store, or the folder it stands in, cannot be written."""

    key = "error.store_read_only"


class BackupUnwritable(TawaturError):
    """A backup cannot be written where it was to be (``detail`` says why)."""

    key = "error.backup_unwritable"


class BackupDamaged(InputError):
    """A file is no backup, is not whole, or is not as it was written (``detail`` says what)."""

    key = "error.backup_damaged"


class BackupTooNew(InputError):
    """A later release has made the backup."""

    key = "error.backup_too_new"


class StoreInUse(StoreLocked):
    """A process has the store open whose place another one is to take."""

    key = "error.store_in_use"


class StoreInTheWay(StoreError):
    """A backup is to be restored to where a store stands that holds something."""

    key = "error.store_in_the_way"


class StoryNotFound(TawaturError):
    """No story has this id."""

    key = "error.story_not_found"


class ArticleNotFound(TawaturError):
    """No article has this id."""

    key = "error.article_not_found"


class ReaderNotFound(TawaturError):
    """No reader has this id or address."""

    key = "error.reader_not_found"


class SavedNotFound(TawaturError):
    """The reader has saved nothing with this id."""

    key = "error.saved_not_found"


class ClippingNotFound(TawaturError):
    """No clipping with this id is kept."""

    key = "error.clipping_not_found"


class NewsletterNotFound(TawaturError):
    """No newsletter has this id."""

    key = "error.newsletter_not_found"


class IssueNotFound(TawaturError):
    """No issue of a newsletter has this id."""

    key = "error.issue_not_found"


class NewsletterUnknown(TawaturError):
    """No public newsletter has this address."""

    key = "error.newsletter_unknown"


class SlugTaken(TawaturError):
    """Another public newsletter has this address."""

    key = "error.slug_taken"


class ReaderKnown(TawaturError):
    """Somebody has this address already."""

    key = "error.reader_known"


class EmailFault(InputError):
    """What was given is no e-mail address."""

    key = "error.email_fault"


class NewsletterFault(InputError):
    """A newsletter cannot be made as it was asked for (``detail`` says why)."""

    key = "error.newsletter_fault"


class SubscriberListFault(InputError):
    """A file is no list of subscribers (``detail`` says what it lacks)."""

    key = "error.subscriber_list"


class PasswordFault(InputError):
    """A password cannot be taken (``detail`` says why)."""

    key = "error.password_fault"


class NoLetters(TawaturError):
    """No letter with a link waits for this address."""

    key = "error.no_letters"


class ConfigError(TawaturError):
    """A setting holds something that is no valid value for it."""

    key = "error.config"


class AnalyzerUnusable(ConfigError):
    """The analyser that was chosen does not exist, or lacks something that it needs (``detail``)."""

    key = "error.analyzer_unusable"


class OutletFault(ConfigError):
    """An outlet that was given has a fault."""

    key = "error.outlet_fault"


class OutletUnknown(ConfigError):
    """No outlet has this key."""

    key = "error.outlet_unknown"


class OutletKnown(ConfigError):
    """An outlet with this key is known already."""

    key = "error.outlet_known"


class FileThere(InputError):
    """A file that was to be made is there already; it is left as it is."""

    key = "error.file_there"


class ArchiveThere(InputError):
    """The output folder of an archive run holds another run, or something else."""

    key = "error.archive_there"


#: By what a system says that there is no room: on the disk, within a quota, within the largest file that is allowed.
FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


class DiskFull(TawaturError):
    """No room is left where something is written. ``subject`` is the file or folder."""

    key = "error.disk_full"


class PlaceUnusable(TawaturError):
    """An address in an object store cannot be used. ``reason`` is "bucket" (there is none of this name), "missing", "denied",
    "credentials", "unreachable", "plugin", "read_only", "memory" or "failed"; ``detail`` is what the store or its client said."""

    def __init__(self, subject: str, reason: str, detail: str = "") -> None:
        super().__init__(subject, detail)
        self.reason, self.key = reason, f"error.place.{reason}"

    def __reduce__(self) -> tuple[type[PlaceUnusable], tuple[str, str, str]]:
        return PlaceUnusable, (self.subject, self.reason, self.detail)


class ArchiveFailed(TawaturError):
    """Some pieces of an archive run could not be done: ``subject`` names the first, ``detail`` says why, ``count`` how many."""

    key = "error.archive_failed"

    def __init__(self, subject: str, detail: str, count: int) -> None:
        super().__init__(subject, detail)
        self.count = count


class PortInUse(TawaturError):
    """Another program listens on the port."""

    key = "error.port_in_use"


class CorrectionRefused(TawaturError):
    """What a person wants to correct of stories cannot be done as it stands."""

    key = "error.correction_refused"


class StoryApart(CorrectionRefused):
    """The story is none any more, and its reports stand in several others (``detail``)."""

    key = "error.story_apart"


class ReportPending(CorrectionRefused):
    """The report stands in no story yet."""

    key = "error.report_pending"


class ReportElsewhere(CorrectionRefused):
    """The report does not stand in the story that was named (``detail``)."""

    key = "error.report_elsewhere"


class SameStory(CorrectionRefused):
    """A story was to be merged with itself, or a report moved to where it stands."""

    key = "error.same_story"


class NothingNamed(CorrectionRefused):
    """No reports were named that are to leave a story."""

    key = "error.nothing_named"


class NothingStays(CorrectionRefused):
    """All reports of a story were to leave it."""

    key = "error.nothing_stays"


class KeptApart(CorrectionRefused):
    """A correction (its number) of somebody (``detail``) keeps these reports apart."""

    key = "error.kept_apart"


class CorrectionNotFound(CorrectionRefused):
    """No correction has this number."""

    key = "error.correction_not_found"


class CorrectionUndone(CorrectionRefused):
    """The correction was undone before."""

    key = "error.correction_undone"


class CorrectionBuiltOn(CorrectionRefused):
    """A later correction (``detail``) of the same reports stands on this one."""

    key = "error.correction_built_on"
