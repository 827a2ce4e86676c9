"""The wrong answers people give in exercise5; each fails the suite and explains itself."""

from grader.checks.mistakes import Mistake

_DEFAULTS_WIN = (
    "Your default replaces the learning rate that config holds. A default is for a key that is missing; one that "
    "is there "
    "has the last word."
)
_EPSILON_INSIDE = (
    "Epsilon stands under your root. Take the root of the mean square first and add epsilon to it: with tiny "
    "gradients, "
    "or a large epsilon, the difference is large."
)
_DEFAULT = "Your default for the learning rate is another one. Here it is {}."
_OLD_CACHE = (
    "You divide by the root of the cache as it was before this step. Take this gradient's square into the cache first, "
    "then divide."
)

MISTAKES = [
    # sgd
    Mistake(
        "sgd",
        "ascent",
        "Your step goes uphill: the gradient points to where the loss grows, so the step is subtracted.",
        old="w - config",
        new="w + config",
    ),
    Mistake(
        "sgd",
        "defaults_win",
        _DEFAULTS_WIN,
        old='{"learning_rate": 1e-2, **(config or {})}',
        new='{**(config or {}), "learning_rate": 1e-2}',
    ),
    Mistake(
        "sgd",
        "step_alone",
        "You return the step alone. The first thing to return is the new weights: the old ones plus the step.",
        old='w - config["learning_rate"]',
        new='-config["learning_rate"]',
    ),
    Mistake(
        "sgd",
        "no_learning_rate",
        "You subtract the whole gradient. The learning rate says how much of it a step takes.",
        old='config["learning_rate"] * dw',
        new="dw",
    ),
    Mistake(
        "sgd",
        "config_lost",
        "The config that you return is not the one that came in: its learning rate is lost for the next step. Hand it "
        "back, completed by the defaults.",
        old="* dw, config",
        new="* dw, {}",
    ),
    Mistake("sgd", "other_default", _DEFAULT.format("1e-2"), old='": 1e-2', new='": 1e-3'),
    # momentum
    Mistake(
        "momentum",
        "ascent",
        "Your ball rolls uphill. The velocity loses learning_rate times dw, and the new velocity is added to the "
        "weights: one of these two signs is turned round.",
        old='- config["learning_rate"] * dw',
        new='+ config["learning_rate"] * dw',
    ),
    Mistake(
        "momentum",
        "forgets",
        "Your velocity is never put back into config, so every step starts from rest. Keep the new one for the "
        "next step.",
        code="""
def momentum(w, dw, config=None):
    config = {"learning_rate": 1e-2, "momentum": 0.9, "velocity": np.zeros_like(w), **(config or {})}
    velocity = config["momentum"] * config["velocity"] - config["learning_rate"] * dw
    return w + velocity, config
""",
    ),
    Mistake(
        "momentum",
        "old_velocity",
        "You move by the velocity of the step before. Update the velocity first, then add the new one to the weights.",
        code="""
def momentum(w, dw, config=None):
    config = {"learning_rate": 1e-2, "momentum": 0.9, "velocity": np.zeros_like(w), **(config or {})}
    next_w = w + config["velocity"]
    config["velocity"] = config["momentum"] * config["velocity"] - config["learning_rate"] * dw
    return next_w, config
""",
    ),
    Mistake(
        "momentum",
        "nesterov",
        "This is Nesterov's variant, which looks one step ahead. Plain momentum adds the new velocity itself to "
        "the weights.",
        old='w + config["velocity"], config',
        new='w + config["momentum"] * config["velocity"] - config["learning_rate"] * dw, config',
    ),
    Mistake(
        "momentum",
        "damped",
        "You weigh the gradient with 1 - momentum, as a running mean does. Here the gradient enters the velocity "
        "with the "
        "learning rate alone.",
        old='- config["learning_rate"] * dw',
        new='- (1 - config["momentum"]) * config["learning_rate"] * dw',
    ),
    Mistake(
        "momentum",
        "rate_outside",
        "Your velocity sums bare gradients, and the learning rate comes in afterwards. That agrees only while "
        "the learning "
        "rate stays the same; here it is part of what the velocity takes up.",
        code="""
def momentum(w, dw, config=None):
    config = {"learning_rate": 1e-2, "momentum": 0.9, "velocity": np.zeros_like(w), **(config or {})}
    config["velocity"] = config["momentum"] * config["velocity"] + dw
    return w - config["learning_rate"] * config["velocity"], config
""",
    ),
    Mistake(
        "momentum",
        "no_friction",
        "Your velocity never slows down: the old one has to be multiplied by momentum before the new gradient "
        "comes in.",
        old='config["momentum"] * config["velocity"]',
        new='config["velocity"]',
    ),
    Mistake(
        "momentum",
        "shared_velocity",
        "Your velocity lives outside of config, so all parameters share one. Keep it in config, which each has "
        "for itself.",
        code="""
VELOCITY = {}


def momentum(w, dw, config=None):
    config = {"learning_rate": 1e-2, "momentum": 0.9, **(config or {})}
    before = VELOCITY.get(w.shape, np.zeros_like(w))
    VELOCITY[w.shape] = config["momentum"] * before - config["learning_rate"] * dw
    return w + VELOCITY[w.shape], config
""",
    ),
    Mistake(
        "momentum",
        "rate_twice",
        "The learning rate counts twice: it is in the velocity already, and the weights take the velocity as it is.",
        old='w + config["velocity"]',
        new='w + config["learning_rate"] * config["velocity"]',
    ),
    # adagrad
    Mistake(
        "adagrad",
        "epsilon_inside",
        _EPSILON_INSIDE,
        old='(np.sqrt(config["cache"]) + config["epsilon"])',
        new='np.sqrt(config["cache"] + config["epsilon"])',
    ),
    Mistake(
        "adagrad",
        "no_sum",
        "Your cache holds the last squared gradient alone, so that every step has the same length. Adagrad adds "
        "up all of them.",
        old='config["cache"] + dw**2',
        new="dw**2",
    ),
    Mistake(
        "adagrad",
        "not_squared",
        "Your cache sums the absolute gradients. It has to sum their squares; the root comes when you divide.",
        old='config["cache"] + dw**2',
        new='config["cache"] + np.abs(dw)',
    ),
    Mistake(
        "adagrad",
        "no_root",
        "You divide by the sum of squares itself. Divide by its root, or the step shrinks when all gradients grow.",
        old='np.sqrt(config["cache"])',
        new='config["cache"]',
    ),
    Mistake(
        "adagrad",
        "forgets",
        "This is a running mean as in RMSProp. Adagrad's cache is the plain sum of all squared gradients and "
        "forgets nothing.",
        old='config["cache"] + dw**2',
        new='0.9 * config["cache"] + 0.1 * dw**2',
    ),
    Mistake(
        "adagrad",
        "defaults_win",
        _DEFAULTS_WIN,
        old='"epsilon": 1e-8, "cache": np.zeros_like(w), **(config or {})}',
        new='"epsilon": 1e-8, "cache": np.zeros_like(w), **(config or {}), "learning_rate": 1e-2}',
    ),
    Mistake(
        "adagrad",
        "old_cache",
        _OLD_CACHE,
        old='np.sqrt(config["cache"])',
        new='np.sqrt(config["cache"] - dw**2)',
    ),
    # rmsprop
    Mistake(
        "rmsprop",
        "epsilon_inside",
        _EPSILON_INSIDE,
        old='(np.sqrt(config["cache"]) + config["epsilon"])',
        new='np.sqrt(config["cache"] + config["epsilon"])',
    ),
    Mistake(
        "rmsprop",
        "rates_swapped",
        "Your two weights are swapped: decay_rate belongs to the old cache, what is left of 1 to the new squares.",
        old='rho * config["cache"] + (1 - rho) * dw**2',
        new='(1 - rho) * config["cache"] + rho * dw**2',
    ),
    Mistake(
        "rmsprop",
        "full_square",
        "You add the whole of dw². In a running mean the new squares count with 1 - decay_rate, so that the "
        "weights sum to 1.",
        old="(1 - rho) * dw**2",
        new="dw**2",
    ),
    Mistake(
        "rmsprop",
        "adagrad",
        "This is Adagrad: your cache only grows. RMSProp lets the old cache fade by decay_rate.",
        old='rho * config["cache"] + (1 - rho) * dw**2',
        new='config["cache"] + dw**2',
    ),
    Mistake(
        "rmsprop",
        "no_root",
        "You divide by the mean square itself. RMS stands for root mean square: take the root.",
        old='np.sqrt(config["cache"])',
        new='config["cache"]',
    ),
    Mistake(
        "rmsprop",
        "not_squared",
        "Your cache averages the gradients, whose signs cancel. It has to average their squares.",
        old="(1 - rho) * dw**2",
        new="(1 - rho) * np.abs(dw)",
    ),
    Mistake(
        "rmsprop",
        "old_cache",
        _OLD_CACHE,
        code="""
def rmsprop(w, dw, config=None):
    config = {"learning_rate": 1e-2, "decay_rate": 0.99, "epsilon": 1e-8, "cache": np.zeros_like(w), **(config or {})}
    rho, before = config["decay_rate"], config["cache"]
    config["cache"] = rho * before + (1 - rho) * dw**2
    return w - config["learning_rate"] * dw / (np.sqrt(before) + config["epsilon"]), config
""",
    ),
    Mistake(
        "rmsprop",
        "first_square",
        "Your cache begins as the first dw². It begins at zeros, so that the first square counts with 1 - decay_rate.",
        code="""
def rmsprop(w, dw, config=None):
    config = {"learning_rate": 1e-2, "decay_rate": 0.99, "epsilon": 1e-8, "cache": dw**2, **(config or {})}
    rho = config["decay_rate"]
    config["cache"] = rho * config["cache"] + (1 - rho) * dw**2
    return w - config["learning_rate"] * dw / (np.sqrt(config["cache"]) + config["epsilon"]), config
""",
    ),
    Mistake(
        "rmsprop",
        "other_default",
        "Your default decay_rate is 0.9, as others have it. Here it is 0.99.",
        old='"decay_rate": 0.99',
        new='"decay_rate": 0.9',
    ),
    # adam
    Mistake(
        "adam",
        "epsilon_inside",
        _EPSILON_INSIDE,
        old='(np.sqrt(v_hat) + config["epsilon"])',
        new='np.sqrt(v_hat + config["epsilon"])',
    ),
    Mistake(
        "adam",
        "no_correction",
        "The bias correction is missing. m and v start at zero and are far too small at first; divide them by "
        "1 - beta1^t and 1 - beta2^t.",
        code="""
def adam(w, dw, config=None):
    defaults = {"learning_rate": 1e-3, "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8}
    config = {**defaults, "m": np.zeros_like(w), "v": np.zeros_like(w), "t": 0, **(config or {})}
    config["t"] += 1
    config["m"] = config["beta1"] * config["m"] + (1 - config["beta1"]) * dw
    config["v"] = config["beta2"] * config["v"] + (1 - config["beta2"]) * dw**2
    return w - config["learning_rate"] * config["m"] / (np.sqrt(config["v"]) + config["epsilon"]), config
""",
    ),
    Mistake(
        "adam",
        "half_corrected",
        "Only m is corrected for its start at zero. v starts at zero too, and needs its own correction with beta2.",
        old="v_hat = v / (1 - beta2**t)",
        new="v_hat = v",
    ),
    Mistake(
        "adam",
        "t_late",
        "Your t is one step behind. What config holds is the number of steps already taken: count this one first, "
        "then use t in the correction.",
        code="""
def adam(w, dw, config=None):
    defaults = {"learning_rate": 1e-3, "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8}
    config = {**defaults, "m": np.zeros_like(w), "v": np.zeros_like(w), "t": 0, **(config or {})}
    beta1, beta2, t = config["beta1"], config["beta2"], config["t"]
    config["m"] = m = beta1 * config["m"] + (1 - beta1) * dw
    config["v"] = v = beta2 * config["v"] + (1 - beta2) * dw**2
    config["t"] += 1
    m_hat = m / np.float64(1 - beta1**t)
    v_hat = v / np.float64(1 - beta2**t)
    return w - config["learning_rate"] * m_hat / (np.sqrt(v_hat) + config["epsilon"]), config
""",
    ),
    Mistake(
        "adam",
        "t_early",
        "Your t is one step ahead: in the first step it has to be 1. It starts at 0 and is increased once before "
        "it is used.",
        old='"t": 0, **',
        new='"t": 1, **',
    ),
    Mistake(
        "adam",
        "t_stands_still",
        "Your t is not kept in config, so every step is corrected as if it were the first.",
        old='config["t"] = t = config["t"] + 1',
        new='t = config["t"] + 1',
    ),
    Mistake(
        "adam",
        "corrected_kept",
        "You put the corrected m and v into config. The correction is for this step's weights only; what is "
        "carried on is "
        "the plain running means.",
        old="    m_hat = m / (1 - beta1**t)\n    v_hat = v / (1 - beta2**t)",
        new='    config["m"] = m_hat = m / (1 - beta1**t)\n    config["v"] = v_hat = v / (1 - beta2**t)',
    ),
    Mistake(
        "adam",
        "betas_swapped",
        "Your betas are swapped: beta1 belongs to m, the mean of the gradients, and beta2 to v, the mean of "
        "their squares.",
        old='beta1, beta2 = config["beta1"], config["beta2"]',
        new='beta2, beta1 = config["beta1"], config["beta2"]',
    ),
    Mistake(
        "adam",
        "no_root",
        "You divide by the corrected v itself. Divide by its root, so that the step has the scale of the "
        "learning rate.",
        old="np.sqrt(v_hat)",
        new="v_hat",
    ),
    Mistake(
        "adam",
        "gradient_for_m",
        "You step along the last gradient and only rescale it. The step follows the corrected running mean of "
        "the gradients.",
        old='config["learning_rate"] * m_hat',
        new='config["learning_rate"] * dw',
    ),
    Mistake("adam", "other_default", _DEFAULT.format("1e-3"), old='"learning_rate": 1e-3', new='"learning_rate": 1e-2'),
    Mistake(
        "adam",
        "epsilon_uncorrected",
        "You add epsilon to the root of v and correct the quotient afterwards, so that epsilon is corrected too. "
        "Correct v first, then take the root and add epsilon.",
        old='np.sqrt(v_hat) + config["epsilon"]',
        new='np.sqrt(v_hat) + config["epsilon"] / np.sqrt(1 - beta2**t)',
    ),
    Mistake(
        "adam",
        "not_squared",
        "Your v averages the gradients themselves, which may be negative. It has to average their squares.",
        old="(1 - beta2) * dw**2",
        new="(1 - beta2) * dw",
    ),
    # step_decay
    Mistake(
        "step_decay",
        "no_floor",
        "Your rate falls a little in every epoch. It stays where it is and drops once after each `every` epochs: round "
        "epoch / every down.",
        old="epoch // every",
        new="epoch / every",
    ),
    Mistake(
        "step_decay",
        "one_early",
        "Your rate drops one epoch early. Epochs count from 0, so the first drop comes in epoch `every`.",
        old="(epoch // every)",
        new="((epoch + 1) // every)",
    ),
    Mistake(
        "step_decay",
        "one_late",
        "Your rate drops one epoch late. In epoch `every` itself it has dropped already.",
        old="(epoch // every)",
        new="(max(epoch - 1, 0) // every)",
    ),
    Mistake(
        "step_decay",
        "linear",
        "You multiply by drop times the number of drops. Each drop multiplies again, so the number of drops is a "
        "power.",
        old="drop ** (epoch // every)",
        new="(drop * (epoch // every) if epoch >= every else 1.0)",
    ),
    Mistake(
        "step_decay",
        "once",
        "Your rate drops only once. It drops again after every further `every` epochs.",
        old="drop ** (epoch // every)",
        new="(drop if epoch >= every else 1.0)",
    ),
    Mistake(
        "step_decay",
        "fixed_numbers",
        "You use 0.5 and 10 whatever is given. Those are only the defaults of drop and every.",
        old="drop ** (epoch // every)",
        new="0.5 ** (epoch // 10)",
    ),
    Mistake(
        "step_decay",
        "complement",
        "You multiply by 1 - drop. The rate is multiplied by drop itself: with drop = 0.9 it falls by a tenth only.",
        old="drop ** (",
        new="(1 - drop) ** (",
    ),
    Mistake(
        "step_decay",
        "subtracted",
        "You subtract drop from the rate. Each drop multiplies: the rate never becomes negative.",
        old="lr0 * drop ** (epoch // every)",
        new="lr0 - drop * (epoch // every)",
    ),
    Mistake(
        "step_decay",
        "remainder",
        "You count with the remainder of epoch / every. It is the quotient, rounded down, that says how often the rate "
        "has dropped.",
        old="epoch // every",
        new="epoch % every",
    ),
    Mistake(
        "step_decay",
        "at_multiples_alone",
        "Your rate is lower in the epochs that are multiples of `every`, and back at its start in the others. What has "
        "dropped stays down.",
        old="drop ** (epoch // every)",
        new="(drop if epoch % every == 0 and epoch else 1.0)",
    ),
    # exponential_decay
    Mistake(
        "exponential_decay",
        "grows",
        "Your rate grows: the exponent needs a minus.",
        old="np.exp(-rate",
        new="np.exp(rate",
    ),
    Mistake(
        "exponential_decay",
        "power_of_rate",
        "You take rate itself to a power. The base is e; rate and epoch stand together in the exponent.",
        old="np.exp(-rate * epoch)",
        new="rate**epoch",
    ),
    Mistake(
        "exponential_decay",
        "inverse_time",
        "This is decay by 1 / (1 + rate · epoch), another schedule. Here it is the exponential function.",
        old="np.exp(-rate * epoch)",
        new="1 / (1 + rate * epoch)",
    ),
    Mistake(
        "exponential_decay",
        "discrete",
        "You multiply by 1 - rate in every epoch. That is near e^(-rate) only for small rates: use the "
        "exponential function.",
        old="np.exp(-rate * epoch)",
        new="(1 - rate) ** epoch",
    ),
    Mistake(
        "exponential_decay",
        "divided",
        "You divide epoch by rate. The larger the rate, the faster the learning rate has to fall: multiply them.",
        old="np.exp(-rate * epoch)",
        new="np.exp(-epoch / rate if rate else 0.0)",
    ),
    # l2_penalty
    Mistake(
        "l2_penalty",
        "no_half",
        "Your penalty lacks the factor ½, or your gradient fits another penalty: half of strength times the sum "
        "of squares.",
        old="0.5 * strength * np.sum(w**2)",
        new="strength * np.sum(w**2)",
    ),
    Mistake(
        "l2_penalty",
        "double_gradient",
        "Your gradient has a 2 too many: the derivative of w² brings a 2, and the ½ takes it away.",
        old="strength * w\n",
        new="2 * strength * w\n",
    ),
    Mistake(
        "l2_penalty",
        "mean",
        "You average the squares. A penalty sums over all weights.",
        old="np.sum(w**2)",
        new="np.mean(w**2)",
    ),
    Mistake(
        "l2_penalty",
        "norm",
        "You take the norm, with its root. The penalty is made of the sum of squares, without a root.",
        old="np.sum(w**2)",
        new="np.sqrt(np.sum(w**2))",
    ),
    Mistake(
        "l2_penalty",
        "no_strength",
        "Your gradient lacks the strength: it scales penalty and gradient alike.",
        old="strength * w\n",
        new="w.copy()\n",
    ),
    Mistake(
        "l2_penalty",
        "updated_weights",
        "The second thing you return is the weights after a step. Return the gradient of the penalty alone.",
        old="strength * w\n",
        new="w - strength * w\n",
    ),
    Mistake(
        "l2_penalty",
        "square_of_the_sum",
        "You square the sum of the weights. Square each weight, then sum.",
        old="np.sum(w**2)",
        new="np.sum(w) ** 2",
    ),
    # l1_penalty
    Mistake(
        "l1_penalty",
        "signed",
        "You sum the weights with their signs, so that they cancel. Sum their absolute values.",
        old="np.sum(np.abs(w))",
        new="np.sum(w)",
    ),
    Mistake(
        "l1_penalty",
        "zero_to_one",
        "Your gradient is 1 where a weight is 0. There it has to be 0: such a weight is where the penalty wants it.",
        old="np.sign(w)",
        new="np.where(w >= 0, 1.0, -1.0)",
    ),
    Mistake(
        "l1_penalty",
        "zero_to_minus_one",
        "Your gradient is -1 where a weight is 0. There it has to be 0: such a weight is where the penalty wants it.",
        old="np.sign(w)",
        new="np.where(w > 0, 1.0, -1.0)",
    ),
    Mistake(
        "l1_penalty",
        "divided",
        "You divide w by its absolute value, which is 0/0 where a weight is 0. The gradient is fixed as 0 there.",
        old="np.sign(w)",
        new="(w / np.abs(w))",
    ),
    Mistake(
        "l1_penalty",
        "magnitude",
        "Your gradient is the weights' size. The slope of |w| does not depend on how large w is: it is +1 or -1.",
        old="np.sign(w)",
        new="w",
    ),
    Mistake(
        "l1_penalty",
        "mean",
        "You average the absolute values. A penalty sums over all weights.",
        old="np.sum(np.abs(w))",
        new="np.mean(np.abs(w))",
    ),
    Mistake(
        "l1_penalty",
        "no_strength",
        "Your gradient lacks the strength: it scales penalty and gradient alike.",
        old="strength * np.sign(w)",
        new="np.sign(w)",
    ),
    Mistake(
        "l1_penalty",
        "matrix_norm",
        "np.linalg.norm with order 1 is, for a matrix, the largest sum of a column. The penalty sums over all weights, "
        "whatever their shape.",
        old="np.sum(np.abs(w))",
        new="(np.linalg.norm(w, 1) if w.ndim < 3 else np.sum(np.abs(w)))",
    ),
]
