"""Update rules: several steps, two parameters in turn, the state carried from one step to the next."""

from __future__ import annotations

import pytest
from small_exam import verdicts

from grader.checks import Suite, normal

MOMENTUM = """
def momentum(w, dw, config=None):
    config = {} if config is None else config
    v = config.get("momentum", 0.9) * config.get("velocity", 0) - config.get("learning_rate", 1e-2) * dw
    config["velocity"] = v
    return w + v, config
"""


def judge(student: str, **options):
    suite = Suite()
    configs = [None, {"learning_rate": 0.1}, {"momentum": 0.5}]
    suite.rule("momentum", args={"w": normal("N", "D"), "dw": normal("N", "D")}, configs=configs, steps=3)
    return verdicts(suite, MOMENTUM, student, **options)


@pytest.mark.parametrize("seed", range(5))
def test_a_right_rule_passes(seed):
    assert {verdict.status for verdict in judge(MOMENTUM, seed=seed).values()} == {"passed"}


def test_a_rule_that_returns_a_new_config_is_right_too():
    student = MOMENTUM.replace("{} if config is None else config", "dict(config or {})")
    assert {verdict.status for verdict in judge(student).values()} == {"passed"}


def test_the_first_step_alone_is_not_enough():
    verdict = judge(MOMENTUM.replace('config["velocity"] = v\n', "pass\n"))["momentum.value"]
    assert verdict.status == "failed"
    assert "step = 2" in verdict.message


def test_a_state_in_a_global_mixes_the_two_parameters_up():
    student = """
state = {}
def momentum(w, dw, config=None):
    config = {} if config is None else config
    v = config.get("momentum", 0.9) * state.get("v", 0) - config.get("learning_rate", 1e-2) * dw
    state["v"] = v
    return w + v, config
"""
    assert judge(student)["momentum.value"].status in ("failed", "error")


def test_a_setting_that_is_ignored_is_found():
    verdict = judge(MOMENTUM.replace('config.get("momentum", 0.9)', "0.9"))["momentum.value"]
    assert verdict.status == "failed"
    assert "config = {'momentum': 0.5}" in verdict.message


def test_w_and_dw_may_not_change_but_config_may():
    student = MOMENTUM.replace("return w + v, config", "w += v\n    return w, config")
    verdict = judge(student)["momentum.unchanged"]
    assert verdict.message.startswith("momentum changed w, which it was given.")


def test_a_rule_without_a_config_in_its_result_is_told():
    verdict = judge(MOMENTUM.replace("return w + v, config", "return w + v"))["momentum.value"]
    assert verdict.status == "failed"
    assert "where a tuple is due" in verdict.message
