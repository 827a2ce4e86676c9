"""Fuzzes the wire's parser with atheris, guided by coverage, for as long as one likes: for a nightly job.

    pip install atheris
    python benchmarks/fuzz_wire.py -max_total_time=600 [further options of libFuzzer, a folder of inputs]

What ends it is a bug: an exception other than WireError, more than a second, or more than 512 MiB for one input.
"""

from __future__ import annotations

import struct
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

_OPTIONS = ("-timeout=1", "-rss_limit_mb=512", "-max_len=65536")


def main() -> int:
    """Fuzz until something breaks or the time is over."""
    try:
        import atheris
    except ImportError:
        print("This needs atheris: pip install atheris (Linux, a Python for which it has wheels).", file=sys.stderr)
        return 2
    with atheris.instrument_imports(include=["grader"]):
        from grader import wire

    def one(data: bytes) -> None:
        """Read an input as one message, and as a stream of them in pieces."""
        try:
            answer = wire.read_answer(data)
        except wire.WireError:
            pass
        else:
            if isinstance(answer, wire.Reply):
                wire.pack(answer.value)
        splitter = wire.Splitter(1 << 20)
        half = len(data) // 2
        try:
            for piece in (struct.pack("<I", half), data[:half], data[half:]):
                for body in splitter.feed(piece):
                    wire.read_answer(body)
        except wire.WireError:
            pass

    atheris.Setup([sys.argv[0], *_OPTIONS, *sys.argv[1:]], one)
    atheris.Fuzz()
    return 0


if __name__ == "__main__":
    sys.exit(main())
