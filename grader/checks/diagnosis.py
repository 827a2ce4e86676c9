"""Names what is wrong where no entry of mistakes.py knows it; the hypotheses are in hypotheses.py and misfits.py."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from grader.answers import Answer
from grader.checks.compare import difference, is_number, leaves
from grader.checks.hypotheses import HYPOTHESES, Evidence, label_of
from grader.checks.misfits import misfit, narrowed
from grader.checks.paper import Question


def in_general(questions: Sequence[Question], answers: Sequence[Answer], at: int, names: tuple[str, ...]) -> str | None:
    """Return what the wrong answers have in common, in one sentence, or None."""
    parts: dict[str, list[Evidence]] = {}
    for question, answer in zip(questions, answers, strict=True):
        if not answer.given:
            continue
        words = misfit(answer.value, question.expected[at].value, names)
        if words:
            return _sentence(words)
        mine = leaves(answer.value, names=names)
        right = leaves(question.expected[at].value, names=names)
        if len(mine) != len(right):
            continue
        for (name, got), (_, want) in zip(mine, right, strict=True):
            parts.setdefault(name, []).append(Evidence(name, got, want, _arrays(question), question.sizes))
    swapped = _swapped(parts) if len(parts) > 1 else None
    if swapped:
        return swapped
    for evidence in parts.values():
        wrong = [item for item in evidence if difference(item.got, item.want) is not None]
        if not wrong:
            continue
        for hypothesis in (_misfits, narrowed, *HYPOTHESES):
            words = hypothesis(wrong)
            if words:
                return _sentence(words)
    return None


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:] if words.startswith("the ") else words  # dw is a name, and stays dw


def _misfits(evidence: Sequence[Evidence]) -> str | None:
    found = [misfit(item.got, item.want, (), label_of(item)) for item in evidence]
    return found[0] if all(found) else None


def _arrays(question: Question) -> dict[str, Any]:
    return {
        name: np.asarray(value)
        for name, value in question.args.items()
        if isinstance(value, np.ndarray) or is_number(value)
    }


def _swapped(parts: dict[str, list[Evidence]]) -> str | None:
    names = list(parts)
    for one in names:
        for other in names:
            if one == other or len(parts[one]) != len(parts[other]):
                continue
            pairs = list(zip(parts[one], parts[other], strict=True))
            if all(
                difference(mine.got, mine.want) is not None and difference(mine.got, theirs.want) is None
                for mine, theirs in pairs
            ):
                what = f"What you return as {one or 'one result'} is {other or 'another'}"
                return f"{what}: the results are in the wrong order."
    return None
