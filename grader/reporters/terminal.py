"""The report as a student reads it at midnight: what is right, what is wrong and why, and what to mend first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from grader.report import Outcome, Report
from grader.reporters import Context, layout, plain
from grader.reporters.figures import figures
from grader.reporters.sections import Section, count, next_to_mend, number, of, score, seconds, sections, total

_NARROWEST, _WIDEST = 40, 100
_EXPLAINED = 5
"""So many wrong functions are explained in full; the later ones in a line each, unless all is asked for."""
_FAILURES = 3
"""So many of a function's failed checks are explained in full."""
_MESSAGE_LINES = 40
_OUTPUT_LINES = 12
_STYLES = {
    "bold": "1",
    "dim": "2",
    "red": "31",
    "green": "32",
    "yellow": "33",
    "cyan": "36",
    "next": "1;36",
    "good": "1;32",
}
_SIGNS = {"right": "✓", "wrong": "✗", "waits": "–", "arrow": "→", "dot": "·", "more": "…", "bar": "│"}
_ASCII_SIGNS = {"right": "+", "wrong": "x", "waits": "-", "arrow": "->", "dot": "-", "more": "...", "bar": "|"}


def render(reports: Sequence[Report], context: Context) -> str:
    """Return the reports for a terminal of the context's width."""
    page = _Page(context)
    if context.quiet:
        lines = [page.text(f"{report.exercise}: {score(report)}") for report in reports]
    else:
        lines = [line for report in reports for line in [*page.report(report), ""]]
        lines = [*lines, *page.overview(reports)] if len(reports) > 1 else lines[:-1]
    return plain.inert("".join(f"{line}\n" for line in lines))


class _Page:
    """What every line needs to know: the width, the colours, the signs."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.width = max(_NARROWEST, min(_WIDEST, context.width))
        self.signs = _SIGNS if context.unicode else _ASCII_SIGNS

    def text(self, text: object) -> str:
        """Return one clean line in the terminal's characters."""
        return self.many(plain.one_line(text))

    def many(self, text: object) -> str:
        """Return clean text, line by line as it was, in the terminal's characters."""
        cleaned = plain.clean(text)
        return cleaned if self.context.unicode else plain.ascii_only(cleaned)

    def paint(self, text: str, style: str) -> str:
        return f"\x1b[{_STYLES[style]}m{text}\x1b[0m" if self.context.colour and style and text else text

    def wrapped(self, text: str, indent: str, style: str = "", first: str | None = None) -> Iterator[str]:
        """Yield prose in lines after an indent; the first line may begin with something else."""
        for place, line in enumerate(layout.wrap(text, self.width - layout.columns(indent))):
            yield (first if first is not None and place == 0 else indent) + self.paint(line, style)

    def laid_out(self, text: object, indent: str, style: str = "") -> Iterator[str]:
        """Yield prose wrapped and drawings as they are, only cut where they are wider than the page."""
        room = self.width - layout.columns(indent)
        for block in layout.blocks(self.many(text)):
            if block.drawn:
                for line in block.lines:
                    yield indent + self.paint(layout.cut(line, room, self.signs["more"]), style)
            else:
                for line in block.lines:
                    yield from self.wrapped(line, indent, style)

    def gutter(self, text: object, indent: str) -> Iterator[str]:
        """Yield foreign text (a traceback, what was printed) behind a bar."""
        bar = f"{indent}{self.signs['bar']} "
        room = self.width - layout.columns(bar)
        for line in self.many(text).rstrip("\n").split("\n"):
            yield self.paint(bar + layout.cut(line.rstrip(), room, self.signs["more"]), "dim")

    def report(self, report: Report) -> Iterator[str]:
        """Yield one report."""
        found = sections(report)
        yield from self._header(report)
        yield ""
        yield from self._functions(found)
        if report.output.strip():
            yield ""
            yield from self._output(report.output)
        yield ""
        yield from self._score(report, found)

    def _header(self, report: Report) -> Iterator[str]:
        title = self.text(report.exercise) + (f" {self.signs['dot']} {self.text(report.title)}" if report.title else "")
        yield from self.wrapped(title, "", "bold")
        judged = ", ".join(self.text(part) for part in (report.student, report.submission) if part)
        if judged:
            yield from self.wrapped(judged, "", "dim")

    def _functions(self, found: list[Section]) -> Iterator[str]:
        names = min(max((layout.columns(self.text(s.target)) for s in found), default=0), self.width // 2)
        scores = max((len(_points(s)) for s in found), default=0)
        explained, shortened = 0, 0
        for section in found:
            head = f"{layout.pad(layout.cut(self.text(section.target), names, self.signs['more']), names)}"
            head = f"{head}  {_points(section):>{scores}}"
            remark, full = self._remark(section, room=self.width - layout.columns(head) - 4 - 3), False
            if section.wrong and remark is None:
                full = explained < _EXPLAINED or self.context.verbose
                explained += full
                shortened += not full
                remark = "" if full else self._first_words(section, self.width - layout.columns(head) - 4 - 3)
            yield self._line(section, head, remark or "")
            if full:
                yield from self._explanation(section)
            elif self.context.verbose:
                yield from self._passed(section)
        if shortened:
            yield ""
            yield from self.wrapped("--only NAME or --verbose explains the later ones in full.", "  ", "dim")

    def _line(self, section: Section, head: str, remark: str) -> str:
        kind, style = ("right", "green") if section.right else ("wrong", "red") if section.wrong else ("waits", "dim")
        sign = self.paint(self.signs[kind], style)
        ending = f"   {self.paint(remark, 'dim')}" if remark else ""
        return f"  {sign} {head if not section.wrong else self.paint(head, 'bold')}{ending}"

    def _remark(self, section: Section, room: int) -> str | None:
        """Return the few words that explain a function on its own line, if few words do."""
        if section.right:
            return ""
        if not section.wrong:
            why = self.text(section.waits_for)
            few = f"{count(len(section.skipped), 'check')} skipped"
            return why if why and layout.columns(why) <= room else layout.cut(few, room, self.signs["more"])
        if self.context.verbose:
            return None
        brief = self.text(section.brief) if section.brief else ""
        if brief and layout.columns(brief) <= room:
            return brief
        return layout.cut(f"as {self.text(section.echo)}", room, self.signs["more"]) if section.echo else None

    def _first_words(self, section: Section, room: int) -> str:
        first = section.wrong[0]
        return layout.cut(
            self.text(plain.clean(first.message).strip().split("\n")[0] or first.title), room, self.signs["more"]
        )

    def _explanation(self, section: Section) -> Iterator[str]:
        """Yield the failed checks of a function, the first few in full, and how many wait for them."""
        in_full = len(section.wrong) if self.context.verbose else _FAILURES
        said: set[str] = set()
        for outcome in section.wrong[:in_full]:
            yield from self._failure(outcome, said)
        rest = section.wrong[in_full:]
        for outcome in rest[:_FAILURES]:
            title = layout.cut(self.text(outcome.title), self.width - 8, self.signs["more"])
            yield f"      {self.paint(self.signs['wrong'], 'red')} {title}"
        if rest[_FAILURES:]:
            yield self.paint(f"      {count(len(rest) - _FAILURES, 'more check')} failed.", "dim")
        if self.context.verbose:
            yield from self._passed(section)
        if section.skipped:
            until = "until this is right" if len(section.wrong) == 1 else "until these are right"
            waiting = count(len(section.skipped), "more check")
            marker = self.paint(f"      {self.signs['waits']} ", "dim")
            yield from self.wrapped(f"{waiting} skipped {until}.", "        ", "dim", first=marker)
        yield ""

    def _failure(self, outcome: Outcome, said: set[str]) -> Iterator[str]:
        marker = f"      {self.paint(self.signs['wrong'], 'red')} "
        yield from self.wrapped(self.text(outcome.title) or self.text(outcome.id), "        ", "", first=marker)
        if outcome.message in said:
            return
        said.add(outcome.message)
        lines = list(self.laid_out(outcome.message, "        "))
        if len(lines) > _MESSAGE_LINES and not self.context.verbose:
            lines = [*lines[:_MESSAGE_LINES], self.paint(f"        {self.signs['more']}", "dim")]
        yield from lines
        traceback = figures(outcome).traceback
        if traceback.strip():
            yield from self.gutter(traceback, "        ")
        if outcome.hint:
            arrow = f"        {self.signs['arrow']} "
            yield from self.wrapped(
                self.text(outcome.hint), " " * len(arrow), "yellow", first=self.paint(arrow, "yellow")
            )

    def _passed(self, section: Section) -> Iterator[str]:
        for outcome in section.passed:
            title = layout.cut(self.text(outcome.title) or self.text(outcome.id), self.width - 18, self.signs["more"])
            took = self.paint(f"{title} ({seconds(outcome.duration_s)})", "dim")
            yield f"      {self.paint(self.signs['right'], 'green')} {took}"

    def _output(self, output: str) -> Iterator[str]:
        lines = plain.clean(output).strip("\n").split("\n")
        shown = lines if self.context.verbose else lines[-_OUTPUT_LINES:]
        left_out = f" (the last {len(shown)} of {len(lines)} lines)" if len(shown) < len(lines) else ""
        yield from self.wrapped(f"Your code printed{left_out}:", "  ")
        yield from self.gutter("\n".join(shown), "  ")

    def _score(self, report: Report, found: list[Section]) -> Iterator[str]:
        """Yield what stays on the screen: the score, what to do next, and how to repeat this run."""
        if report.passed:
            praise = f"{self.signs['right']} {score(report)}. All of it is right. Well done!"
            yield from self.wrapped(praise, "  ", "good", first="")
        else:
            right = f"{sum(s.right for s in found)} of {count(len(found), 'function')} right"
            result = score(report) + (f" {self.signs['dot']} {right}" if found else "")
            yield from self.wrapped(result, "  ", "bold", first="")
            first = next_to_mend(found)
            if first is not None:
                command = f"grade check {self.text(report.exercise)} --only {self.text(first.target)}"
                yield from self.wrapped(f"Mend {self.text(first.target)} next: {command}", "  ", "next", first="")
        for note in report.notes:
            yield from self.wrapped(f"Note: {self.text(note)}", "  ", "yellow", first="")
        facts = [seconds(report.duration_s), self.text(report.device), *(["public checks"] if report.public else [])]
        facts.append(f"isolation: {', '.join(map(self.text, report.isolation)) or 'none'}")
        yield from self.wrapped(f" {self.signs['dot']} ".join(facts), "  ", "dim", first="")
        yield from self.wrapped(f"To ask the same questions again: --seed {report.seed}", "  ", "dim", first="")

    def overview(self, reports: Sequence[Report]) -> Iterator[str]:
        """Yield one line for each of several reports, and their sum."""
        names = min(max(layout.columns(self.text(report.exercise)) for report in reports), self.width // 2)
        for report in reports:
            name = layout.pad(layout.cut(self.text(report.exercise), names, self.signs["more"]), names)
            kind, style = ("right", "green") if report.passed else ("wrong", "red")
            yield f"{self.paint(self.signs[kind], style)} {name}  {score(report)}"
        everything = of(total(r.score for r in reports), total(r.max_score for r in reports))
        yield self.paint(f"{everything} in {count(len(reports), 'exercise')}", "bold")


def _points(section: Section) -> str:
    return f"{number(section.points)} / {number(section.max_points)}"
