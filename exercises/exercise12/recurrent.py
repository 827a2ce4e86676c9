"""Recurrent networks: one cell that reads a sequence step by step, and the gradient that goes back through time.

Each is a pair. `name_forward(...)` returns out and a cache: whatever the backward needs. `name_backward(dout, cache)`
gets the gradient for out and returns the gradients for all arguments of the forward, in their order. Sequences are
(N, T, D): N examples, T steps, D numbers at each; a state h is (N, H). Nothing here changes its arguments.
"""

from typing import Any

import numpy as np

Array = np.ndarray
Cache = Any


def rnn_step_forward(x: Array, prev_h: Array, wx: Array, wh: Array, b: Array) -> tuple[Array, Cache]:
    """One step of a plain recurrent network: the new state from the input and the old state.

    Shapes:  x (N, D), prev_h (N, H), wx (D, H), wh (H, H), b (H,); out is the next state, (N, H).
    Formula: next_h = tanh(x·wx + prev_h·wh + b).
    Example: N = D = H = 1: x = 1, prev_h = 0.5, wx = 0.4, wh = 0.6, b = 0.1: next_h = tanh(0.4 + 0.3 + 0.1) ≈ 0.6640.
    Hint:    the slope of tanh can be written with its output alone: that is worth keeping for the backward.
    """
    raise NotImplementedError("rnn_step_forward is not written yet")


def rnn_step_backward(dout: Array, cache: Cache) -> tuple[Array, Array, Array, Array, Array]:
    """The gradients of one step for all that went in.

    Shapes:  dout (N, H); returns dx (N, D), dprev_h (N, H), dwx (D, H), dwh (H, H), db (H,).
    Formula: da = dout · (1 − next_h²), element by element; then dx = da·wxᵀ, dprev_h = da·whᵀ, dwx = xᵀ·da,
             dwh = prev_hᵀ·da, db = Σ of da over the N rows.
    Example: the numbers above, dout = 1: da = 1 − 0.6640² ≈ 0.5591, so dx ≈ 0.2236, dprev_h ≈ 0.3354, dwx ≈ 0.5591,
             dwh ≈ 0.2795, db ≈ 0.5591.
    Hint:    first back through the tanh, then through the sum. The shapes tell which factor is transposed.
    """
    raise NotImplementedError("rnn_step_backward is not written yet")


def rnn_forward(x: Array, h0: Array, wx: Array, wh: Array, b: Array) -> tuple[Array, Cache]:
    """A plain recurrent network over a whole sequence: the same step, T times, each from the state before it.

    Shapes:  x (N, T, D), h0 (N, H), wx (D, H), wh (H, H), b (H,); out h (N, T, H): the states after each step.
    Formula: h_t = tanh(x_t·wx + h_{t−1}·wh + b) for t = 1 … T. In Python, h[:, t] comes from x[:, t] and h[:, t − 1],
             and h[:, 0] from x[:, 0] and h0.
    Example: x = [1, −1] (T = 2), h0 = 0.5, wx = 0.4, wh = 0.6, b = 0.1: h = [0.6640, tanh(−0.4 + 0.3984 + 0.1)]
             ≈ [0.6640, 0.0981].
    Hint:    call rnn_step_forward, and keep the cache of every step in a list. h0 itself is no part of out.
    """
    raise NotImplementedError("rnn_forward is not written yet")


def rnn_backward(dout: Array, cache: Cache) -> tuple[Array, Array, Array, Array, Array]:
    """Backpropagation through time: from the last step to the first, the gradient of the state is carried along.

    Shapes:  dout (N, T, H), a gradient for the state of every step; returns dx (N, T, D), dh0 (N, H), dwx (D, H),
             dwh (H, H), db (H,).
    Formula: the state h_t is an output and the next step's input too, so its gradient is dout_t + the dprev_h of step
             t + 1 (0 after the last). Each step gives its own dx_t; dwx, dwh, db are sums over all steps; dh0 is the
             dprev_h of the first.
    Example: the sequence above, dout = [0, 1]: at the last step da = 0.9904, dprev_h = 0.5942; that is all that
             reaches the first, where da = 0.3322: dx = [0.1329, 0.3962], dh0 = 0.1993, dwx = 0.3322 − 0.9904 = −0.6582,
             dwh = 0.8237, db = 1.3226.
    Hint:    one loop over reversed(range(T)) and rnn_step_backward do it. For the shared weights use +=.
    """
    raise NotImplementedError("rnn_backward is not written yet")


def lstm_step_forward(
    x: Array, prev_h: Array, prev_c: Array, wx: Array, wh: Array, b: Array
) -> tuple[tuple[Array, Array], Cache]:
    """One step of an LSTM: three gates decide what is written to the cell, what it keeps, and what it shows.

    Shapes:  x (N, D), prev_h and prev_c (N, H), wx (D, 4H), wh (H, 4H), b (4H,); out is the pair (next_h, next_c), each
             (N, H).
    Formula: a = x·wx + prev_h·wh + b, cut into four blocks of H columns, in the order i, f, o, g:
             i, f, o = sigmoid of the first three, g = tanh of the fourth;
             next_c = f·prev_c + i·g, next_h = o·tanh(next_c), element by element.
    Example: N = D = H = 1: x = 1, prev_h = 0, prev_c = 2, wx = [0, 1, 0, 0.5], wh and b zero: i = 0.5, f = 0.7311,
             o = 0.5, g = 0.4621, so next_c = 1.4621 + 0.2311 = 1.6932 and next_h = 0.5 · 0.9346 = 0.4673.
    Hint:    np.split(a, 4, axis=1) gives the four blocks. Return ((next_h, next_c), cache).
    """
    raise NotImplementedError("lstm_step_forward is not written yet")


def lstm_step_backward(dout: tuple[Array, Array], cache: Cache) -> tuple[Array, Array, Array, Array, Array, Array]:
    """The gradients of one step of an LSTM for all that went in.

    Shapes:  dout is a pair: the gradients of next_h and of next_c, each (N, H); returns dx (N, D), dprev_h (N, H),
             dprev_c (N, H), dwx (D, 4H), dwh (H, 4H), db (4H,).
    Formula: next_c has two ways to the loss: dc = dnext_c + dnext_h·o·(1 − tanh²(next_c)). Then di = dc·g,
             df = dc·prev_c, do = dnext_h·tanh(next_c), dg = dc·i, dprev_c = dc·f. Back through the gates: da is
             di·i·(1 − i), df·f·(1 − f), do·o·(1 − o), dg·(1 − g²) side by side; from there as in rnn_step_backward.
    Example: the numbers above, dout = (1, 0): dc = 0.5 · (1 − 0.9346²) = 0.0633, so dprev_c = 0.0463 and
             db = da = [0.0073, 0.0249, 0.2336, 0.0249].
    Hint:    np.concatenate(…, axis=1) undoes np.split, in the same order i, f, o, g.
    """
    raise NotImplementedError("lstm_step_backward is not written yet")


def lstm_forward(x: Array, h0: Array, wx: Array, wh: Array, b: Array) -> tuple[Array, Cache]:
    """An LSTM over a whole sequence, from an empty cell.

    Shapes:  x (N, T, D), h0 (N, H), wx (D, 4H), wh (H, 4H), b (4H,); out h (N, T, H): the states after each step.
    Formula: c_0 = 0; (h_t, c_t) = lstm_step(x_t, h_{t−1}, c_{t−1}) for t = 1 … T, with the same wx, wh and b.
    Example: x = [1, −1] (T = 2), h0 = 0, wx = [0, 1, 0, 0.5], wh and b zero: c = [0.2311, −0.1689], h = 0.5 · tanh(c)
             ≈ [0.1135, −0.0837].
    Hint:    both h and c are handed on to the next step; only the h's are returned.
    """
    raise NotImplementedError("lstm_forward is not written yet")


def lstm_backward(dout: Array, cache: Cache) -> tuple[Array, Array, Array, Array, Array]:
    """Backpropagation through time for an LSTM: two gradients are carried along, that of h and that of c.

    Shapes:  dout (N, T, H); returns dx (N, T, D), dh0 (N, H), dwx (D, 4H), dwh (H, 4H), db (4H,).
    Formula: as in rnn_backward. Step t gets the pair (dout_t + dprev_h of step t + 1, dprev_c of step t + 1), both 0
             after the last step. The gradient of c_0 is not asked for: c_0 is always 0.
    Example: the sequence above, dout = [0, 1]: c_2 gets 0.4860, and c_1 gets 0.2689 of it, 0.1307; the other way,
             through prev_h, is shut, for wh is 0. So db = [−0.0410, 0.0221, −0.0418, 0.2425].
    Hint:    dout has gradients for the h's only. The cells get theirs from the h of their step and from the next cell.
    """
    raise NotImplementedError("lstm_backward is not written yet")


def gru_step_forward(x: Array, prev_h: Array, wx: Array, wh: Array, b: Array) -> tuple[Array, Cache]:
    """One step of a GRU: a reset gate r, an update gate z, and a proposal n for the new state.

    Shapes:  x (N, D), prev_h (N, H), wx (D, 3H), wh (H, 3H), b (3H,); out is the next state, (N, H).
    Formula: wx, wh and b are cut into three blocks of H columns, in the order r, z, n:
             r = sigmoid(x·wx_r + b_r + prev_h·wh_r), z = sigmoid(x·wx_z + b_z + prev_h·wh_z),
             n = tanh(x·wx_n + b_n + r·(prev_h·wh_n)), next_h = (1 − z)·n + z·prev_h.
    Example: N = D = H = 1: x = 1, prev_h = 0.5, wx = [0, 1, 0.5], wh = [0, 0, 1], b zero: r = 0.5, z = 0.7311,
             n = tanh(0.5 + 0.5 · 0.5) = 0.6351, so next_h = 0.2689 · 0.6351 + 0.7311 · 0.5 = 0.5363.
    Hint:    compute x·wx + b and prev_h·wh apart, and cut both: r multiplies only the last block of the second.
    """
    raise NotImplementedError("gru_step_forward is not written yet")


def gru_step_backward(dout: Array, cache: Cache) -> tuple[Array, Array, Array, Array, Array]:
    """The gradients of one step of a GRU for all that went in.

    Shapes:  dout (N, H); returns dx (N, D), dprev_h (N, H), dwx (D, 3H), dwh (H, 3H), db (3H,).
    Formula: dn = dout·(1 − z), dz = dout·(prev_h − n); with hn = prev_h·wh_n: da_n = dn·(1 − n²), dr = da_n·hn,
             da_r = dr·r·(1 − r), da_z = dz·z·(1 − z). What reaches x·wx + b is [da_r, da_z, da_n]; what reaches
             prev_h·wh is [da_r, da_z, da_n·r]; and prev_h gets dout·z directly.
    Example: the numbers above, dout = 1: dn = 0.2689, da_n = 0.1604, da_r = 0.0201, da_z = −0.0266; db is these,
             [0.0201, −0.0266, 0.1604]; dx = 0.0537; dprev_h = 0.7311 + 0.5 · 0.1604 = 0.8113.
    Hint:    prev_h has four ways to next_h: directly, and through r, z and n. Draw them before you write.
    """
    raise NotImplementedError("gru_step_backward is not written yet")
