"""A small assembler for seccomp's filters (classic BPF): a decision tree over the call's number, with tests of
arguments at its leaves. What is allowed is not decided here, but in seccomp.py.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass

_LOAD, _JUMP, _EQUAL, _AT_LEAST, _AND, _RETURN = 0x20, 0x05, 0x15, 0x35, 0x54, 0x06
_NUMBER, _ARCHITECTURE, _ARGUMENTS = 0, 4, 16
"""Where struct seccomp_data holds them (little-endian: an argument's low word comes first)."""
_FURTHEST = 255

KILL_PROCESS, ERRNO, ALLOW = 0x80000000, 0x00050000, 0x7FFF0000


@dataclass(frozen=True)
class Test:
    """Argument ``argument``, masked, is ``value``. Low words only: the kernel cuts off the rest of those tested."""

    argument: int
    mask: int
    value: int


Alternatives = Sequence[Sequence[Test]]
"""A call is allowed when every test of one of the alternatives holds."""


@dataclass(frozen=True)
class Instruction:
    code: int
    constant: int
    if_true: int = 0
    if_false: int = 0


Block = list[Instruction]


def give(action: int) -> Block:
    """Return the block that ends with ``action``."""
    return [Instruction(_RETURN, action)]


def allow_if(alternatives: Alternatives, otherwise: Block) -> Block:
    """Return the block that allows a call when one of the alternatives holds."""
    block: Block = []
    for tests in alternatives:
        steps: list[Block] = []
        for test in tests:
            step = [Instruction(_LOAD, _ARGUMENTS + 8 * test.argument)]
            if test.mask != 0xFFFFFFFF:
                step.append(Instruction(_AND, test.mask))
            steps.append([*step, Instruction(_EQUAL, test.value)])
        guarded = give(ALLOW)
        for *loads, comparison in reversed(steps):
            to_next_alternative = Instruction(comparison.code, comparison.constant, 0, len(guarded))
            guarded = [*loads, to_next_alternative, *guarded]
        block += guarded
    return block + otherwise


def tree(leaves: Sequence[tuple[int, Block]]) -> Block:
    """Return the block that finds the last leaf whose first number is not above the call's number."""
    if len(leaves) == 1:
        return leaves[0][1]
    middle = len(leaves) // 2
    lower, upper = tree(leaves[:middle]), tree(leaves[middle:])
    if len(lower) <= _FURTHEST:
        return [Instruction(_AT_LEAST, leaves[middle][0], len(lower), 0), *lower, *upper]
    return [
        Instruction(_AT_LEAST, leaves[middle][0], 0, 1),
        Instruction(_JUMP, len(lower)),
        *lower,
        *upper,
    ]


def program(architecture: int, rules: dict[int, Block], default: Block, newer: int, absent: Block) -> Block:
    """Return the whole filter: one architecture, each number's block, the default, and what comes of newer numbers."""
    blocks = [(number, rules.get(number, default)) for number in range(newer)] + [(newer, absent)]
    leaves = [here for before, here in zip([(0, None), *blocks], blocks, strict=False) if here[1] != before[1]]
    return [
        Instruction(_LOAD, _ARCHITECTURE),
        Instruction(_EQUAL, architecture, 1, 0),
        *give(KILL_PROCESS),
        Instruction(_LOAD, _NUMBER),
        *tree(leaves),
    ]


def encode(block: Block) -> bytes:
    """Return the instructions as the kernel reads them (struct sock_filter)."""
    return b"".join(struct.pack("=HBBI", i.code, i.if_true, i.if_false, i.constant) for i in block)
