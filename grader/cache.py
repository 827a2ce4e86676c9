"""Where Gradecheck keeps what it can make again: the user's cache folder, which anybody may empty at any time."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def cache_folder() -> Path:
    """Return the folder; it need not be there yet."""
    named = os.environ.get("XDG_CACHE_HOME", "")
    if os.path.isabs(named):
        return Path(named) / "gradecheck"
    return Path.home() / ("Library/Caches" if sys.platform == "darwin" else ".cache") / "gradecheck"
