"""Is the function there, and can it be called as it will be? Worth no points, but all others need it."""

from __future__ import annotations

from collections.abc import Sequence

from grader.checks.check import PASSED, Check, Verdict
from grader.checks.explain import traceback_text
from grader.checks.sitting import Sitting
from grader.report import Status


class Presence(Check):
    """The function or class is defined, and takes the arguments it will be given."""

    def __init__(self, target: str, arguments: Sequence[str] | None, *, is_class: bool = False) -> None:
        what = "class" if is_class else "function"
        words = f"({', '.join(arguments)})" if arguments is not None else ""
        super().__init__(target, "presence", f"The {what} {target}{words} is there.", weight=0)
        self._arguments = arguments
        self._is_class = is_class

    def judge(self, sitting: Sitting) -> Verdict:
        """Look at what the submission defines."""
        problem = sitting.student.problem
        if problem is not None:
            return self._unloadable(sitting)
        found = sitting.student.defines.get(self.target)
        if found is None:
            return Verdict("failed", f"{self.target} is not defined: keep the names that the exercise gives.")
        if self._is_class and found.kind != "class":
            return Verdict("failed", f"{self.target} is a {found.kind}; a class is expected.")
        if found.kind not in ("function", "class"):
            return Verdict("failed", f"{self.target} is a value of type {found.kind}; a function is expected.")
        return self._fits(found.required, found.optional, found.more, found.keyword_only)

    def _fits(self, required: list[str], optional: list[str], more: bool, keyword_only: list[str]) -> Verdict:
        if self._arguments is None:
            return PASSED
        given = len(self._arguments)
        called = f"it is called with {given}: ({', '.join(self._arguments)})"
        takes = f"{self.target} takes ({', '.join([*required, *optional])})"
        if keyword_only:
            return Verdict("failed", f"{self.target} demands {', '.join(keyword_only)} by keyword; {called}.")
        if len(required) > given or (given > len(required) + len(optional) and not more):
            return Verdict("failed", f"{takes}; {called}.")
        return PASSED

    def _unloadable(self, sitting: Sitting) -> Verdict:
        problem = sitting.student.problem
        assert problem is not None
        status: Status = "timeout" if problem.fate in ("timeout", "overtime") else "error"
        if any(name in sitting.reported for name in sitting.statuses):
            return Verdict(status, "The submission could not be loaded; see the first message.")
        if problem.raised is None:
            return Verdict(status, f"The submission could not be loaded. {problem.words}")
        raised = problem.raised
        detail: dict[str, object] = {"traceback": traceback_text(raised)}
        if raised.frames:
            detail |= {"file": raised.frames[-1].file, "line": raised.frames[-1].line}
        place = f" in line {raised.frames[-1].line} of {raised.frames[-1].file}" if raised.frames else ""
        words = f"The submission could not be loaded: {raised.type}{place}: {raised.message}"
        return Verdict(status, words, detail=detail)
