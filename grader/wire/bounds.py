"""What an answer may hold, looked at before a value of it is made: a frame of empty lists would take 70 times its size.

It walks over the heads of MessagePack's values and skips what they contain; what they mean, values.py knows.
"""

from __future__ import annotations

DEEPEST, MOST = 24, 100_000

_FIXED = {
    0xC0: 0, 0xC2: 0, 0xC3: 0, 0xCA: 4, 0xCB: 8,
    0xCC: 1, 0xCD: 2, 0xCE: 4, 0xCF: 8, 0xD0: 1, 0xD1: 2, 0xD2: 4, 0xD3: 8,
    0xD4: 2, 0xD5: 3, 0xD6: 5, 0xD7: 9, 0xD8: 17,
}  # fmt: skip
"""How many bytes follow a head of fixed size: nil, booleans, numbers, small extensions."""
_LENGTHS = {0xD9: (1, 0), 0xDA: (2, 0), 0xDB: (4, 0), 0xC7: (1, 1), 0xC8: (2, 1), 0xC9: (4, 1)}
"""How many bytes tell the length of a text or an extension, and how many follow besides."""
_CONTAINERS = {0xDC: (2, 1), 0xDD: (4, 1), 0xDE: (2, 2), 0xDF: (4, 2)}
"""How many bytes give the number of items, and how many values one item is."""


def _following(head: int) -> int:
    """Return how many bytes follow a head by itself; -1 for what needs a closer look."""
    if head < 0x80 or head >= 0xE0:
        return 0
    return head & 0x1F if 0xA0 <= head < 0xC0 else _FIXED.get(head, -1)


_FOLLOWING = [_following(head) for head in range(256)]


def objection(body: bytes | bytearray | memoryview) -> str | None:
    """Return what is wrong with a message, or None: too many values, too deep, cut off, of a kind that none is of."""
    at, count, end = 0, 0, len(body)
    left, outer = 1, [0]
    while left or len(outer) > 1:
        if not left:
            left = outer.pop()
            continue
        left -= 1
        count += 1
        if at >= end:
            return "it is cut off"
        head = body[at]
        at += 1
        following = _FOLLOWING[head]
        if following >= 0:
            at += following
            continue
        if head in _LENGTHS:
            width, more = _LENGTHS[head]
            at += width + int.from_bytes(body[at : at + width], "big") + more
            continue
        if head < 0x90:
            items = 2 * (head & 0x0F)
        elif head < 0xA0:
            items = head & 0x0F
        elif head in _CONTAINERS:
            width, times = _CONTAINERS[head]
            items = times * int.from_bytes(body[at : at + width], "big")
            at += width
        else:
            return "it holds something that no answer holds"
        outer.append(left)
        left = items
        if len(outer) > DEEPEST:
            return "values nested too deeply"
        if count + items > 2 * MOST:  # of a dict, keys count too
            return f"lists of more than {MOST:,} values"
    return None if at == end else "it is longer than what it says, or cut off"
