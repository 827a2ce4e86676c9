"""What travels between the examiner and a bench: calls one way, answers the other, bounded and strictly parsed.

Both ends import this and nothing else of each other: messages.py says what there is, values.py how a value becomes
bytes, frames.py how a message does, bounds.py looks at bytes before anything is made of them.
"""

from grader.wire.frames import Splitter, ask_frame, frame, pack_call, read_answer, read_request, weigh
from grader.wire.messages import (
    DEEPEST_VALUE,
    LARGEST_FRAME,
    LARGEST_LOADED,
    LARGEST_TEXT,
    MOST_VALUES,
    Ask,
    Call,
    Foreign,
    Frame,
    Handle,
    Load,
    Loaded,
    Raised,
    Ready,
    Ref,
    Reply,
    Scalar,
    Signature,
    Tensor,
    WireError,
)
from grader.wire.values import is_tensor, numbers_of, pack, pack_values, unpack_values

__all__ = [
    "DEEPEST_VALUE",
    "LARGEST_FRAME",
    "LARGEST_LOADED",
    "LARGEST_TEXT",
    "MOST_VALUES",
    "Ask",
    "Call",
    "Foreign",
    "Frame",
    "Handle",
    "Load",
    "Loaded",
    "Raised",
    "Ready",
    "Ref",
    "Reply",
    "Scalar",
    "Signature",
    "Splitter",
    "Tensor",
    "WireError",
    "ask_frame",
    "frame",
    "is_tensor",
    "numbers_of",
    "pack",
    "pack_call",
    "pack_values",
    "read_answer",
    "read_request",
    "unpack_values",
    "weigh",
]
