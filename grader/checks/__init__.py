"""The authoring API of suites; one kind of check lives in each of the files beside this one."""

from grader.checks.accuracy import Task
from grader.checks.asked import Asked, Instance
from grader.checks.custom import array_expected, close, expect, expect_close
from grader.checks.draw import OMIT, Draw, choice, distribution, fixed, integers, labels, normal, seed, uniform
from grader.checks.edge import Edge, edge
from grader.checks.suite import Suite
from grader.checks.tensors import is_tensor, tensor
from grader.checks.terms import Terms
from grader.wire import Call, Ref

__all__ = [
    "OMIT",
    "Asked",
    "Call",
    "Draw",
    "Edge",
    "Instance",
    "Ref",
    "Suite",
    "Task",
    "Terms",
    "array_expected",
    "choice",
    "close",
    "distribution",
    "edge",
    "expect",
    "expect_close",
    "fixed",
    "integers",
    "is_tensor",
    "labels",
    "normal",
    "seed",
    "tensor",
    "uniform",
]
