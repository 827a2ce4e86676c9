"""Names what is wrong where no entry of mistakes.py knows it, by the sharpest of the hypotheses that hold.

The hypotheses themselves are in misfits.py, hypotheses.py, formulas.py and places.py.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from grader.answers import Answer
from grader.checks.compare import difference, is_number, leaves
from grader.checks.evidence import Evidence, Hypothesis, label_of
from grader.checks.formulas import FORMULAS
from grader.checks.hypotheses import BLUNT, SHARP
from grader.checks.misfits import misfit, narrowed
from grader.checks.paper import Question
from grader.checks.places import APART, PLACES, masked


def in_general(
    questions: Sequence[Question],
    answers: Sequence[Answer],
    at: int,
    names: tuple[str, ...],
    further: Callable[[], str | None] = lambda: None,
    apart: Callable[[], tuple[list[Evidence], bool] | None] = lambda: None,
) -> str | None:
    """Return what the wrong answers have in common, in one sentence, or None.

    ``further`` is asked once the sharp hypotheses have failed, ``apart`` once formulas have too: they may put more
    questions, and ``apart`` returns the answers for single elements or rows.
    """
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
            parts.setdefault(name, []).append(Evidence(name, got, want, _arrays(question, at), question.sizes))
    swapped = _swapped(parts) if len(parts) > 1 else None
    if swapped:
        return swapped
    wrong = [[item for item in part if difference(item.got, item.want) is not None] for part in parts.values()]
    wrong = [part for part in wrong if part]
    given = any(answer.given for answer in answers)
    words = _first(wrong, (_misfits, narrowed, *SHARP)) or (further() if wrong or (given and not parts) else None)
    words = (
        words
        or _first(wrong, (*BLUNT, masked, *FORMULAS))
        or (_apart(*found) if wrong and (found := apart()) else None)
    )
    words = words or _first(wrong, PLACES)
    return _sentence(words) if words else None


def _apart(evidence: Sequence[Evidence], elements: bool) -> str | None:
    """Return what is wrong for single elements, or rows; or that nothing is."""
    one = "element" if elements else "row"
    if difference(evidence[0].got, evidence[0].want) is None:
        return f"For one {one} alone the result is right: the sum or the mean over several {one}s is wrong."
    words = _first([evidence], (*SHARP, *BLUNT, *FORMULAS, *(APART if elements else ())))
    if not words:
        return None
    begins = words.split(" ")[0] in ("A", "Each", "The", "This", "Where")  # a name such as W1 keeps its capital
    return f"For one {one} alone, {words[:1].lower() + words[1:] if begins else words}"


def _first(parts: Sequence[Sequence[Evidence]], hypotheses: Sequence[Hypothesis]) -> str | None:
    """Return the first hypothesis that holds for a part that is wrong, the first part first."""
    found = (hypothesis(part) for part in parts for hypothesis in hypotheses)
    return next((words for words in found if words), None)


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:] if words.startswith("the ") else words  # dw is a name, and stays dw


def _misfits(evidence: Sequence[Evidence]) -> str | None:
    found = [misfit(item.got, item.want, (), label_of(item)) for item in evidence]
    return found[0] if all(found) else None


def _arrays(question: Question, at: int) -> dict[str, Any]:
    """Return the numbers and arrays that were given; for a backward, what its forward should have returned, too."""
    given = dict(question.args)
    if at and "dout" in given:
        out = question.expected[0].value
        given.setdefault("out" if np.ndim(out) else "the loss", out)
    return {
        name: np.asarray(value) for name, value in given.items() if isinstance(value, np.ndarray) or is_number(value)
    }


def _swapped(parts: dict[str, list[Evidence]]) -> str | None:
    names = list(parts)
    for one in names:
        for other in names:
            if one == other or len(parts[one]) != len(parts[other]) or not _telling(parts[other]):
                continue
            pairs = list(zip(parts[one], parts[other], strict=True))
            if all(
                difference(mine.got, mine.want) is not None and difference(mine.got, theirs.want) is None
                for mine, theirs in pairs
            ):
                what = f"What you return as {one or 'one result'} is {other or 'another'}"
                back = all(difference(theirs.got, mine.want) is None for mine, theirs in pairs)
                return f"{what}: the results are in the wrong order." if back else f"{what}."
    return None


def _telling(evidence: Sequence[Evidence]) -> bool:
    """Whether these right answers are no whole numbers, which are often the same by chance."""
    numbers = [number for item in evidence for number in np.ravel(item.want) if isinstance(number, float)]
    return any(not number.is_integer() for number in numbers)
