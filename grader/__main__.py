"""The process of ``grade`` and of ``python -m grader``: signals become exceptions before anything else is imported."""

from __future__ import annotations

import signal
from types import FrameType

_POLITE = ("SIGINT", "SIGTERM", "SIGHUP")


def main() -> None:
    """Run the command line; a signal ends it in good order, and a second one at once."""
    for name in _POLITE:
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _begin_to_stop)
    from grader.cli import main as command_line

    command_line()


def _begin_to_stop(number: int, frame: FrameType | None) -> None:
    from grader.errors import Stopped

    signal.signal(number, signal.SIG_DFL)
    raise Stopped(number)


if __name__ == "__main__":
    main()
