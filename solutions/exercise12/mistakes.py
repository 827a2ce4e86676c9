"""The wrong answers people give in exercise12; each fails the suite and explains itself."""

from grader.checks.mistakes import Mistake

NO_BIAS = "The bias is missing: b is added in every row, before the activation."
SLOPE_OF_INPUT = (
    "The slope of tanh is 1 minus the square of its output. You square what went into the tanh, not what came out."
)
MEAN_OVER_BATCH = "You average db over the batch. Every row has used the bias: sum over the rows."
WH_NOT_TRANSPOSED = (
    "prev_h was multiplied by wh; its gradient comes back through the transpose of wh. As wh is square, the shapes "
    "do not tell."
)
STATE_AFTER = "Your dwh uses the state after the step. What wh was multiplied with is the state before it, prev_h."
NO_CARRY = (
    "Every step of yours starts from h0. The state that one step returns is what the next one starts from: that is "
    "the network's memory."
)
NO_H0 = "Your first step starts from zeros. It starts from h0."
BACK_TO_FRONT = "Your states come out in reverse order: h[:, t] is the state after reading x[:, t]."
STEPS_FIRST = "Your out is (T, N, H). The axes are examples, steps, states: the steps go on axis 1."
ONE_LATE = "Your h[:, t] is the state before step t. It should be the state after it; h0 is no part of out."
NOT_CARRIED = (
    "You treat the steps as if each stood alone. The state of step t is also what step t + 1 starts from: add the "
    "gradient that comes back from there to dout[:, t]."
)
LAST_ONLY = (
    "You use the upstream gradient of the last step only. Every state is an output: each step adds its own dout[:, "
    "t] to what comes back from the step after it."
)
NOT_SUMMED = (
    "Your gradients of the weights are those of one step. The same weights are used in every step: sum over all of "
    "them."
)
DX_REVERSED = "Your dx runs backwards in time: the loop meets the last step first, but dx[:, t] belongs to x[:, t]."
NO_DH0 = (
    "Your dh0 is not what comes back from the first step. h0 was that step's prev_h: its gradient is dprev_h there."
)
STEP = "da @ wx.T, da @ wh.T, x.T @ da, prev_h.T @ da, da.sum(axis=0)"

RNN_STEP = [
    Mistake(
        "rnn_step_forward",
        "no_tanh",
        "The tanh is missing: you return what goes into it.",
        old="np.tanh(x @ wx + prev_h @ wh + b)",
        new="x @ wx + prev_h @ wh + b",
    ),
    Mistake("rnn_step_forward", "no_bias", NO_BIAS, old="prev_h @ wh + b)", new="prev_h @ wh)"),
    Mistake(
        "rnn_step_forward",
        "transposed",
        "You multiply prev_h by the transpose of wh. wh is square, so nothing complains: column j of wh leads to "
        "state j.",
        old="prev_h @ wh + b)",
        new="prev_h @ wh.T + b)",
    ),
    Mistake(
        "rnn_step_forward",
        "forgetful",
        "Your new state does not depend on the old one: prev_h·wh is missing.",
        old="x @ wx + prev_h @ wh",
        new="x @ wx",
    ),
    Mistake(
        "rnn_step_forward",
        "sigmoid",
        "You use the sigmoid. A plain recurrent step ends in tanh.",
        old="np.tanh(x @ wx + prev_h @ wh + b)",
        new="_sigmoid(x @ wx + prev_h @ wh + b)",
    ),
    Mistake(
        "rnn_step_backward",
        "no_tanh",
        "You leave out the tanh on the way back: multiply dout by its slope first.",
        old="dout * (1 - next_h**2)",
        new="dout",
    ),
    Mistake("rnn_step_backward", "slope_of_input", SLOPE_OF_INPUT, old="next_h**2", new="np.arctanh(next_h) ** 2"),
    Mistake(
        "rnn_step_backward",
        "no_upstream",
        "You go back through the tanh as if dout were 1. Multiply its slope by dout.",
        old="dout * (1 - next_h**2)",
        new="1 - next_h**2",
    ),
    Mistake("rnn_step_backward", "transposed", WH_NOT_TRANSPOSED, old="da @ wh.T", new="da @ wh"),
    Mistake("rnn_step_backward", "state_after", STATE_AFTER, old="prev_h.T @ da", new="next_h.T @ da"),
    Mistake("rnn_step_backward", "mean_over_batch", MEAN_OVER_BATCH, old="da.sum(axis=0)", new="da.mean(axis=0)"),
]

RNN = [
    Mistake("rnn_forward", "no_carry", NO_CARRY, old="x[:, t], h, wx", new="x[:, t], h0, wx"),
    Mistake("rnn_forward", "no_h0", NO_H0, old="= h0, [], []", new="= np.zeros_like(h0), [], []"),
    Mistake(
        "rnn_forward",
        "back_to_front",
        BACK_TO_FRONT,
        old="np.stack(states, axis=1)",
        new="np.stack(states[::-1], axis=1)",
    ),
    Mistake("rnn_forward", "steps_first", STEPS_FIRST, old="np.stack(states, axis=1)", new="np.stack(states, axis=0)"),
    Mistake(
        "rnn_forward", "one_late", ONE_LATE, old="np.stack(states, axis=1)", new="np.stack([h0, *states[:-1]], axis=1)"
    ),
    Mistake("rnn_backward", "not_carried", NOT_CARRIED, old="dout[:, t] + dh,", new="dout[:, t],"),
    Mistake(
        "rnn_backward", "last_only", LAST_ONLY, old="dout[:, t] + dh,", new="dout[:, t] * (t == len(cache) - 1) + dh,"
    ),
    Mistake(
        "rnn_backward", "not_summed", NOT_SUMMED, old="dwx + dwx_t, dwh + dwh_t, db + db_t", new="dwx_t, dwh_t, db_t"
    ),
    Mistake("rnn_backward", "dx_reversed", DX_REVERSED, old="np.stack(dxs[::-1], axis=1)", new="np.stack(dxs, axis=1)"),
    Mistake("rnn_backward", "no_dh0", NO_DH0, old="axis=1), dh, dwx", new="axis=1), np.zeros_like(dh), dwx"),
    Mistake(
        "rnn_backward",
        "forwards",
        "You walk through time from the first step to the last. What comes back to a step is known only after the "
        "step that follows it: begin at the end.",
        code="""
def rnn_backward(dout, cache):
    dh, dxs, dwx, dwh, db = 0.0, [], 0.0, 0.0, 0.0
    for t in range(len(cache)):
        dx, dh, dwx_t, dwh_t, db_t = rnn_step_backward(dout[:, t] + dh, cache[t])
        dxs.append(dx)
        dwx, dwh, db = dwx + dwx_t, dwh + dwh_t, db + db_t
    return np.stack(dxs, axis=1), dh, dwx, dwh, db
""",
    ),
]

LSTM_STEP = [
    Mistake(
        "lstm_step_forward",
        "g_before_o",
        "You read the blocks in the order i, f, g, o. Here it is i, f, o, g: the tanh is the last of the four.",
        old="ai, af, ao, ag = np",
        new="ai, af, ag, ao = np",
    ),
    Mistake(
        "lstm_step_forward",
        "f_before_i",
        "You read the forget gate from the first block and the input gate from the second. The order is i, f, o, g.",
        old="ai, af, ao, ag = np",
        new="af, ai, ao, ag = np",
    ),
    Mistake(
        "lstm_step_forward",
        "g_sigmoid",
        "Your g goes through a sigmoid, as the gates do. g is no gate but what is written to the cell: tanh, so "
        "that it may be negative.",
        old="np.tanh(ag)",
        new="_sigmoid(ag)",
    ),
    Mistake(
        "lstm_step_forward",
        "no_tanh",
        "Your next_h shows the cell as it is. It goes through a tanh first, then through the output gate.",
        old="np.tanh(next_c)",
        new="next_c",
    ),
    Mistake(
        "lstm_step_forward",
        "never_forgets",
        "Your cell keeps all of prev_c: the forget gate f multiplies it.",
        old="f * prev_c + i * g",
        new="prev_c + i * g",
    ),
    Mistake(
        "lstm_step_forward",
        "swapped",
        "You return (next_c, next_h). The state h comes first: (next_h, next_c).",
        old="(o * tanh_c, next_c)",
        new="(next_c, o * tanh_c)",
    ),
    Mistake(
        "lstm_step_backward",
        "not_through_h",
        "The cell has two ways to the loss, and you follow one: next_h = o·tanh(next_c) sends a gradient to next_c "
        "as well. Add it to dnext_c.",
        old="dnext_c + dnext_h * o * (1 - tanh_c**2)",
        new="dnext_c",
    ),
    Mistake(
        "lstm_step_backward",
        "no_dnext_c",
        "You leave out the gradient of next_c that comes in with dout, from the next step's cell. Add it to what "
        "comes through next_h.",
        old="dnext_c + dnext_h * o",
        new="dnext_h * o",
    ),
    Mistake(
        "lstm_step_backward",
        "no_tanh",
        "Between next_h and next_c lies a tanh: on the way back its slope multiplies, besides o.",
        old="dnext_h * o * (1 - tanh_c**2)",
        new="dnext_h * o",
    ),
    Mistake(
        "lstm_step_backward",
        "no_forget",
        "Your dprev_c is the gradient of next_c as it is. prev_c was multiplied by the forget gate: so is its "
        "gradient.",
        old="dc * f, x.T",
        new="dc, x.T",
    ),
    Mistake(
        "lstm_step_backward",
        "no_slopes",
        "You stop before the gates' own activations. Multiply di, df and do by the slope of the sigmoid, dg by that "
        "of tanh.",
        old="[di * i * (1 - i), df * f * (1 - f), do * o * (1 - o), dg * (1 - g**2)]",
        new="[di, df, do, dg]",
    ),
    Mistake(
        "lstm_step_backward",
        "g_sigmoid",
        "You give g the slope of a sigmoid. g came out of a tanh, whose slope is 1 minus the square of its output.",
        old="dg * (1 - g**2)",
        new="dg * g * (1 - g)",
    ),
    Mistake(
        "lstm_step_backward",
        "g_before_o",
        "You put the gradients side by side in the order i, f, g, o. The blocks of wx, wh and b are i, f, o, g.",
        old="do * o * (1 - o), dg * (1 - g**2)",
        new="dg * (1 - g**2), do * o * (1 - o)",
    ),
]

LSTM = [
    Mistake("lstm_forward", "no_carry", NO_CARRY, old="x[:, t], h, c, wx", new="x[:, t], h0, c, wx"),
    Mistake(
        "lstm_forward",
        "empty_cell",
        "Your cell is emptied before every step. c is 0 at the start only; then each step hands its next_c to the "
        "next.",
        old="x[:, t], h, c, wx",
        new="x[:, t], h, np.zeros_like(h0), wx",
    ),
    Mistake(
        "lstm_forward",
        "cell_from_h0",
        "You start the cell with h0. h0 is the first prev_h; the cell starts with zeros.",
        old="np.zeros_like(h0)",
        new="h0",
    ),
    Mistake(
        "lstm_forward",
        "cells",
        "You return the cells. out is made of the states h; the cells stay inside.",
        old="states.append(h)",
        new="states.append(c)",
    ),
    Mistake(
        "lstm_forward",
        "back_to_front",
        BACK_TO_FRONT,
        old="np.stack(states, axis=1)",
        new="np.stack(states[::-1], axis=1)",
    ),
    Mistake(
        "lstm_backward",
        "no_dc",
        "You do not hand the gradient of the cell back in time. dprev_c of a step is the gradient of next_c of the "
        "step before it: it is the way on which an LSTM remembers.",
        old="(dout[:, t] + dh, dc)",
        new="(dout[:, t] + dh, 0.0)",
    ),
    Mistake("lstm_backward", "no_dh", NOT_CARRIED, old="(dout[:, t] + dh, dc)", new="(dout[:, t], dc)"),
    Mistake(
        "lstm_backward", "last_only", LAST_ONLY, old="(dout[:, t] + dh", new="(dout[:, t] * (t == len(cache) - 1) + dh"
    ),
    Mistake(
        "lstm_backward", "not_summed", NOT_SUMMED, old="dwx + dwx_t, dwh + dwh_t, db + db_t", new="dwx_t, dwh_t, db_t"
    ),
    Mistake(
        "lstm_backward", "dx_reversed", DX_REVERSED, old="np.stack(dxs[::-1], axis=1)", new="np.stack(dxs, axis=1)"
    ),
    Mistake("lstm_backward", "no_dh0", NO_DH0, old="axis=1), dh, dwx", new="axis=1), np.zeros_like(dh), dwx"),
]

GRU_STEP = [
    Mistake(
        "gru_step_forward",
        "reset_first",
        "You multiply prev_h by r before the matrix product. In this GRU r multiplies what comes out of prev_h·wh_n.",
        old="xn + r * hn",
        new="xn + (r * prev_h) @ wh[:, -prev_h.shape[1] :]",
    ),
    Mistake(
        "gru_step_forward",
        "z_swapped",
        "Your z and 1 − z have changed places. Here z says how much of the old state is kept: z·prev_h.",
        old="(1 - z) * n + z * prev_h",
        new="z * n + (1 - z) * prev_h",
    ),
    Mistake(
        "gru_step_forward",
        "bias_reset",
        "Your reset gate multiplies the bias b_n too. r multiplies prev_h·wh_n alone; the bias stands beside x·wx_n.",
        old="xn + r * hn",
        new="xn + r * hn + (r - 1) * b[-prev_h.shape[1] :]",
    ),
    Mistake(
        "gru_step_forward",
        "no_reset",
        "The reset gate is missing: r multiplies prev_h·wh_n.",
        old="xn + r * hn",
        new="xn + hn",
    ),
    Mistake(
        "gru_step_forward",
        "z_before_r",
        "You read the update gate z from the first block and the reset gate r from the second. The order is r, z, n.",
        old="r, z = _sigmoid(xr + hr), _sigmoid(xz + hz)",
        new="z, r = _sigmoid(xr + hr), _sigmoid(xz + hz)",
    ),
    Mistake(
        "gru_step_forward",
        "n_sigmoid",
        "Your n goes through a sigmoid, as the gates do. n is no gate but the proposal for the new state: tanh.",
        old="np.tanh(xn",
        new="_sigmoid(xn",
    ),
    Mistake(
        "gru_step_backward",
        "not_direct",
        "Part of prev_h goes straight into next_h, by z·prev_h: your dprev_h lacks the gradient that comes back "
        "that way.",
        old=" + dout * z,",
        new=",",
    ),
    Mistake(
        "gru_step_backward",
        "not_through_r",
        "Your dprev_h lacks the way through the reset gate: r is made from prev_h too.",
        old="dah @ wh.T",
        new="np.concatenate([0 * dar, daz, dan * r], axis=1) @ wh.T",
    ),
    Mistake(
        "gru_step_backward",
        "not_through_z",
        "Your dprev_h lacks the way through the update gate: z is made from prev_h too.",
        old="dah @ wh.T",
        new="np.concatenate([dar, 0 * daz, dan * r], axis=1) @ wh.T",
    ),
    Mistake(
        "gru_step_backward",
        "not_through_n",
        "Your dprev_h lacks the way through the proposal n, which is made from prev_h by r·(prev_h·wh_n).",
        old="dah @ wh.T",
        new="np.concatenate([dar, daz, 0 * dan], axis=1) @ wh.T",
    ),
    Mistake(
        "gru_step_backward",
        "no_reset",
        "On the way from n back to prev_h and to wh you leave out r, which stood between them.",
        old="[dar, daz, dan * r]",
        new="[dar, daz, dan]",
    ),
    Mistake(
        "gru_step_backward",
        "r_by_state",
        "Your gradient of r is made with prev_h. r was multiplied by prev_h·wh_n: that is its slope.",
        old="dan * hn * r",
        new="dan * prev_h * r",
    ),
    Mistake(
        "gru_step_backward",
        "z_sign",
        "Your gradient of z has the wrong sign: z multiplies prev_h, and −z multiplies n.",
        old="(prev_h - n)",
        new="(n - prev_h)",
    ),
]

MISTAKES = RNN_STEP + RNN + LSTM_STEP + LSTM + GRU_STEP
