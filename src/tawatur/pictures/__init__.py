"""Pictures of reports: fetched beside the crawl, made small, kept on the disk, given out from here.

    fetching   what is due, through the one guarded way out; never because somebody reads
    rendering  bytes of others into small pictures of ours, in a process of its own
    sizes      how wide those are
    album      the files, within so many bytes

No reader's browser ever asks an outlet for anything, and no request of a reader makes us ask one.
"""

from __future__ import annotations

from tawatur.pictures.album import Album as Album
from tawatur.pictures.fetching import Pictures as Pictures
from tawatur.pictures.fetching import illustrated as illustrated
from tawatur.pictures.keeping import keep_at_hand as keep_at_hand
from tawatur.pictures.sizes import WIDTHS as WIDTHS
from tawatur.pictures.sizes import widths_of as widths_of
