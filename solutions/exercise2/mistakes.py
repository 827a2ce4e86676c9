"""The wrong answers people give in exercise2; each fails the suite and explains itself."""

from grader.checks.mistakes import Mistake

SIGMOID = [
    Mistake(
        "sigmoid_forward",
        "overflow",
        "For a large negative x you compute e^(-x), which overflows. Let the exponent never be positive: "
        "use the other form of the formula where x is negative.",
        old="small = np.exp(-np.abs(x))  # in (0, 1], so that nothing overflows on either side\n"
        "    out = np.where(x >= 0, 1.0, small) / (1.0 + small)",
        new="out = 1.0 / (1.0 + np.exp(-x))",
    ),
    Mistake(
        "sigmoid_forward",
        "infinity_over_infinity",
        "For a large positive x your e^x is infinite above and below the fraction, which gives nan. That form of the "
        "formula is for negative x only.",
        old="small = np.exp(-np.abs(x))  # in (0, 1], so that nothing overflows on either side\n"
        "    out = np.where(x >= 0, 1.0, small) / (1.0 + small)",
        new="out = np.exp(x) / (1.0 + np.exp(x))",
    ),
    Mistake(
        "sigmoid_forward",
        "mirrored",
        "Your curve falls where it should rise: this is sigmoid(-x). Look at the sign in the exponent.",
        old="x >= 0",
        new="x < 0",
    ),
    Mistake(
        "sigmoid_forward",
        "twice_as_steep",
        "This is sigmoid(2x). If you came by way of tanh: sigmoid(x) is (1 + tanh(x / 2)) / 2, with half of x.",
        old="np.abs(x)",
        new="np.abs(2.0 * x)",
    ),
    Mistake(
        "sigmoid_forward",
        "in_place",
        "You wrote your result into x itself. Make a new array for it: the caller still needs x as it was.",
        old="return out, out",
        new="x[...] = out\n    return x, out",
    ),
    Mistake(
        "sigmoid_backward",
        "no_upstream",
        "This is the slope of the sigmoid alone. By the chain rule it has to be multiplied by dout.",
        old="dout * out",
        new="out",
    ),
    Mistake(
        "sigmoid_backward",
        "input_for_output",
        "You put the input x where the output belongs: the slope is s * (1 - s) with s = sigmoid(x), not x * (1 - x).",
        where="sigmoid_forward",
        old="return out, out",
        new="return out, x",
    ),
    Mistake(
        "sigmoid_backward",
        "squashed_twice",
        "You applied the sigmoid once more to what was its output already. Find out whether your cache holds x or s.",
        old="out = cache",
        new="out = sigmoid_forward(cache)[0]",
    ),
    Mistake(
        "sigmoid_backward",
        "slope_of_tanh",
        "1 - s^2 is the slope of tanh. The slope of the sigmoid is s * (1 - s).",
        old="out * (1.0 - out)",
        new="(1.0 - out**2)",
    ),
    Mistake(
        "sigmoid_backward",
        "one_factor",
        "You multiplied by s alone. The slope has two factors, s and 1 - s, so that it dies out at both ends.",
        old="dout * out * (1.0 - out)",
        new="dout * out",
    ),
    Mistake(
        "sigmoid_backward",
        "in_place",
        "You multiplied into dout itself. Make a new array: other parts of the network may still need dout as it was.",
        old="return dout * out * (1.0 - out)",
        new="dout *= out * (1.0 - out)\n    return dout",
    ),
]

TANH = [
    Mistake(
        "tanh_forward",
        "overflow",
        "Your quotient of exponentials is infinity over infinity for large |x|, which gives nan. "
        "NumPy has this function ready, and stable.",
        old="np.tanh(x)",
        new="(np.exp(x) - np.exp(-x)) / (np.exp(x) + np.exp(-x))",
    ),
    Mistake(
        "tanh_forward",
        "overflow_on_the_right",
        "With e^(2x) above and below the fraction, a large positive x gives infinity over infinity. "
        "NumPy has this function ready, and stable.",
        old="np.tanh(x)",
        new="(np.exp(2.0 * x) - 1.0) / (np.exp(2.0 * x) + 1.0)",
    ),
    Mistake(
        "tanh_forward",
        "half_as_steep",
        "This is tanh(x / 2). If you came by way of the sigmoid: tanh(x) is 2 * sigmoid(2x) - 1, with twice x.",
        old="np.tanh(x)",
        new="2.0 * sigmoid_forward(x)[0] - 1.0",
    ),
    Mistake(
        "tanh_forward",
        "sigmoid",
        "Your outputs lie between 0 and 1: this is the sigmoid. Those of tanh lie between -1 and 1.",
        old="np.tanh(x)",
        new="sigmoid_forward(x)[0]",
    ),
    Mistake(
        "tanh_forward",
        "in_place",
        "You wrote your result into x itself. Make a new array for it: the caller still needs x as it was.",
        old="np.tanh(x)",
        new="np.tanh(x, out=x)",
    ),
    Mistake(
        "tanh_backward",
        "no_upstream",
        "This is the slope of tanh alone. By the chain rule it has to be multiplied by dout.",
        old="dout * (1.0 - out**2)",
        new="1.0 - out**2",
    ),
    Mistake(
        "tanh_backward",
        "input_for_output",
        "You put the input x where the output belongs: the slope is 1 - t^2 with t = tanh(x), not 1 - x^2.",
        where="tanh_forward",
        old="return out, out",
        new="return out, x",
    ),
    Mistake(
        "tanh_backward",
        "squashed_twice",
        "You applied tanh once more to what was its output already. Find out whether your cache holds x or t.",
        old="out = cache",
        new="out = np.tanh(cache)",
    ),
    Mistake(
        "tanh_backward",
        "not_squared",
        "The slope is 1 - t^2; you left out the square. At x = 0 it makes no difference, everywhere else it does.",
        old="out**2",
        new="out",
    ),
    Mistake(
        "tanh_backward",
        "slope_of_sigmoid",
        "t * (1 - t) is how the sigmoid's slope is made. That of tanh is 1 - t^2.",
        old="dout * (1.0 - out**2)",
        new="dout * out * (1.0 - out)",
    ),
]

RELU = [
    Mistake(
        "relu_forward",
        "in_place",
        "You set the negative elements of x itself to 0. Make a new array: the caller still needs x as it was.",
        old="return np.maximum(x, 0.0), x",
        new="x[x < 0] = 0.0\n    return x, x",
    ),
    Mistake(
        "relu_forward",
        "largest_of_all",
        "You took the largest value along an axis. The larger of 0 and each single element is meant: "
        "np.max and np.maximum are two functions.",
        old="np.maximum(x, 0.0)",
        new="np.max(x, 0)",
    ),
    Mistake(
        "relu_forward",
        "only_the_mask",
        "You return only whether x is positive, as ones and zeros: that is the slope. A positive x passes unchanged.",
        old="np.maximum(x, 0.0)",
        new="(x > 0).astype(float)",
    ),
    Mistake(
        "relu_forward",
        "minimum",
        "You keep the negative elements and drop the positive ones. It is the other way round.",
        old="np.maximum(x, 0.0)",
        new="np.minimum(x, 0.0)",
    ),
    Mistake(
        "relu_forward",
        "absolute",
        "Negative elements come back with their sign turned. They have to become 0.",
        old="np.maximum(x, 0.0)",
        new="np.abs(x)",
    ),
    Mistake(
        "relu_forward",
        "integers",
        "Your result is an array of integers, so everything behind the decimal point is lost. Let it be float64.",
        old="np.maximum(x, 0.0)",
        new="np.maximum(x, 0.0).astype(int)",
    ),
    Mistake(
        "relu_backward",
        "one_at_zero",
        "Where x is exactly 0 you let the gradient through. By this course's convention it is 0 there.",
        old="(x > 0)",
        new="(x >= 0)",
    ),
    Mistake(
        "relu_backward",
        "half_at_zero",
        "Where x is exactly 0 you let half of the gradient through. By this course's convention it is 0 there.",
        old="(x > 0)",
        new="np.heaviside(x, 0.5)",
    ),
    Mistake(
        "relu_backward",
        "no_upstream",
        "This is the slope alone, ones and zeros. By the chain rule it has to be multiplied by dout.",
        old="dout * (x > 0)",
        new="(x > 0).astype(float)",
    ),
    Mistake(
        "relu_backward",
        "sign_of_dout",
        "You removed the negative elements of dout. What counts is whether x was positive; dout may have either sign.",
        old="(x > 0)",
        new="(dout > 0)",
    ),
    Mistake(
        "relu_backward",
        "times_output",
        "You multiplied dout by the output. Multiply it by the slope, which is 1 where x is positive and 0 elsewhere.",
        old="(x > 0)",
        new="np.maximum(x, 0.0)",
    ),
    Mistake(
        "relu_backward",
        "in_place",
        "You set elements of dout itself to 0. Make a new array: other parts of the network may still need dout.",
        old="return dout * (x > 0)",
        new="dout[x <= 0] = 0.0\n    return dout",
    ),
]

LEAKY_RELU = [
    Mistake(
        "leaky_relu_forward",
        "fixed_alpha",
        "Your slope for negative x is 0.1 whatever alpha is. Use the argument.",
        old="x, alpha * x)",
        new="x, 0.1 * x)",
    ),
    Mistake(
        "leaky_relu_forward",
        "other_default",
        "Called without alpha, your slope for negative x is 0.01. In this course the default is 0.1.",
        old="alpha: float = 0.1",
        new="alpha: float = 0.01",
    ),
    Mistake(
        "leaky_relu_forward",
        "no_leak",
        "You return 0 for negative x, as ReLU does. Here a negative x comes through as alpha * x.",
        old="x, alpha * x)",
        new="x, 0.0)",
    ),
    Mistake(
        "leaky_relu_forward",
        "alpha_itself",
        "For negative x you return alpha. That is the slope; the value is alpha * x.",
        old="x, alpha * x)",
        new="x, alpha)",
    ),
    Mistake(
        "leaky_relu_forward",
        "minimum",
        "Of x and alpha * x you took the smaller, so that positive values shrink and negative ones do not. "
        "It is the other way round.",
        old="np.where(x > 0, x, alpha * x)",
        new="np.minimum(x, alpha * x)",
    ),
    Mistake(
        "leaky_relu_forward",
        "in_place",
        "You shrank the negative elements of x itself. Make a new array: the caller still needs x as it was.",
        old="return np.where(x > 0, x, alpha * x), (x, alpha)",
        new="kept = x.copy()\n    x[x < 0] *= alpha\n    return x, (kept, alpha)",
    ),
    Mistake(
        "leaky_relu_backward",
        "fixed_alpha",
        "Your slope for negative x is 0.1 whatever alpha the forward was given. Keep alpha in the cache.",
        old="1.0, alpha)",
        new="1.0, 0.1)",
    ),
    Mistake(
        "leaky_relu_backward",
        "no_leak",
        "You stop the gradient where x is negative, as ReLU does. Here a part of it comes through: alpha times dout.",
        old="1.0, alpha)",
        new="1.0, 0.0)",
    ),
    Mistake(
        "leaky_relu_backward",
        "one_at_zero",
        "Where x is exactly 0 you let the whole gradient through. By convention the slope there is alpha.",
        old="np.where(x > 0",
        new="np.where(x >= 0",
    ),
    Mistake(
        "leaky_relu_backward",
        "no_upstream",
        "This is the slope alone. By the chain rule it has to be multiplied by dout.",
        old="dout * np.where",
        new="np.where",
    ),
    Mistake(
        "leaky_relu_backward",
        "upstream_on_one_side",
        "You multiply by dout where x is positive, but for negative x you return alpha alone. dout counts there too.",
        old="dout * np.where(x > 0, 1.0, alpha)",
        new="np.where(x > 0, dout, alpha)",
    ),
    Mistake(
        "leaky_relu_backward",
        "value_for_slope",
        "For negative x you multiplied dout by alpha * x, the value. The slope there is alpha.",
        old="1.0, alpha)",
        new="1.0, alpha * x)",
    ),
]

ELU = [
    Mistake(
        "elu_forward",
        "overflow",
        "You compute e^x for large positive x too: it overflows, although np.where then picks the other branch. "
        "Keep the exponent from being positive.",
        old="below = np.minimum(x, 0.0)",
        new="below = x",
    ),
    Mistake(
        "elu_forward",
        "no_alpha",
        "You left out alpha: negative x comes back as e^x - 1, right for alpha = 1 only.",
        old="alpha * np.expm1(below)",
        new="np.expm1(below)",
    ),
    Mistake(
        "elu_forward",
        "no_minus_one",
        "You left out the -1: just below 0 your value is near alpha, so the curve jumps. It is alpha * (e^x - 1).",
        old="np.expm1",
        new="np.exp",
    ),
    Mistake(
        "elu_forward",
        "brackets",
        "You computed alpha * e^x - 1, right for alpha = 1 only. alpha multiplies all of e^x - 1.",
        old="alpha * np.expm1(below)",
        new="alpha * np.exp(below) - 1.0",
    ),
    Mistake(
        "elu_forward",
        "other_default",
        "Called without alpha, you use 0.1, which is leaky ReLU's. The default of elu is 1.",
        old="alpha: float = 1.0",
        new="alpha: float = 0.1",
    ),
    Mistake(
        "elu_forward",
        "in_place",
        "You changed the negative elements of x itself. Make a new array: the caller still needs x as it was.",
        old="return np.where(x > 0, x, alpha * np.expm1(below)), (x, alpha)",
        new="kept = x.copy()\n    x[x <= 0] = alpha * np.expm1(x[x <= 0])\n    return x, (kept, alpha)",
    ),
    Mistake(
        "elu_backward",
        "overflow",
        "You compute e^x for large positive x too: it overflows, although np.where then picks the other branch. "
        "Keep the exponent from being positive.",
        old="below = np.minimum(x, 0.0)",
        new="below = x",
    ),
    Mistake(
        "elu_backward",
        "no_alpha",
        "You left out alpha: the slope for negative x is alpha * e^x, and e^x for alpha = 1 only.",
        old="alpha * np.exp(below)",
        new="np.exp(below)",
    ),
    Mistake(
        "elu_backward",
        "plus_one",
        "You made the slope from the output by adding 1, right for alpha = 1 only. What has to be added to "
        "alpha * (e^x - 1) to get alpha * e^x?",
        old="alpha * np.exp(below)",
        new="alpha * np.expm1(below) + 1.0",
    ),
    Mistake(
        "elu_backward",
        "value_for_slope",
        "For negative x you multiplied dout by the output, alpha * (e^x - 1). Its slope has no -1: constants vanish "
        "when you differentiate.",
        old="np.exp(below)",
        new="np.expm1(below)",
    ),
    Mistake(
        "elu_backward",
        "straight",
        "Your slope is alpha for every negative x, as if the curve were a straight line there. It is alpha * e^x.",
        old="alpha * np.exp(below)",
        new="alpha",
    ),
    Mistake(
        "elu_backward",
        "no_upstream",
        "This is the slope alone. By the chain rule it has to be multiplied by dout.",
        old="dout * np.where",
        new="np.where",
    ),
    Mistake(
        "elu_backward",
        "zero_at_zero",
        "Where x is exactly 0 your gradient is 0: neither of your two cases includes x = 0. The second is for x <= 0.",
        old="np.where(x > 0, 1.0, alpha * np.exp(below))",
        new="(1.0 * (x > 0) + alpha * np.exp(below) * (x < 0))",
    ),
]

MAXOUT = [
    Mistake(
        "maxout_forward",
        "minimum",
        "You took the smaller of the two maps. Maxout takes the larger.",
        old="np.maximum",
        new="np.minimum",
    ),
    Mistake(
        "maxout_forward",
        "first_bias_twice",
        "Your second map has the bias of the first: it adds b1 where b2 belongs.",
        old="x @ w2 + b2",
        new="x @ w2 + b1",
    ),
    Mistake(
        "maxout_forward",
        "no_bias",
        "You left out the biases. Add to each map its own before you compare them.",
        old="z1 = x @ w1 + b1\n    z2 = x @ w2 + b2",
        new="z1 = x @ w1\n    z2 = x @ w2",
    ),
    Mistake(
        "maxout_forward",
        "relu_on_top",
        "You also cut off at 0. Maxout may be negative: it is the larger of the two maps, and nothing else.",
        old="np.maximum(z1, z2)",
        new="np.maximum(np.maximum(z1, z2), 0.0)",
    ),
    Mistake(
        "maxout_forward",
        "sum",
        "You added the two maps up. Maxout takes the larger of the two, element by element.",
        old="np.maximum(z1, z2)",
        new="z1 + z2",
    ),
    Mistake(
        "maxout_backward",
        "both_maps",
        "You gave dout to both maps. Only the map that was the larger had a part in out; the other gets 0 there.",
        old="dz1 = dout * first\n    dz2 = dout * ~first",
        new="dz1 = dout\n    dz2 = dout",
    ),
    Mistake(
        "maxout_backward",
        "other_map",
        "You gave dout to the map that was the smaller. It belongs to the larger one.",
        old="dz1 = dout * first\n    dz2 = dout * ~first",
        new="dz1 = dout * ~first\n    dz2 = dout * first",
    ),
    Mistake(
        "maxout_backward",
        "no_upstream",
        "You sent back only which map was the larger, as ones and zeros. By the chain rule that is multiplied by dout.",
        old="dz1 = dout * first\n    dz2 = dout * ~first",
        new="dz1 = 1.0 * first\n    dz2 = 1.0 * ~first",
    ),
    Mistake(
        "maxout_backward",
        "weights_not_shared",
        "dx is right, but dw1 and dw2 are made from all of dout. Each map's weights get only the part of dout where "
        "that map was the larger.",
        old="x.T @ dz1, dz1.sum(axis=0), x.T @ dz2, dz2.sum(axis=0)",
        new="x.T @ dout, dz1.sum(axis=0), x.T @ dout, dz2.sum(axis=0)",
    ),
    Mistake(
        "maxout_backward",
        "biases_not_shared",
        "db1 and db2 are made from all of dout. The bias of a map gets only the part of dout where it was the larger.",
        old="dz1.sum(axis=0), x.T @ dz2, dz2.sum(axis=0)",
        new="dout.sum(axis=0), x.T @ dz2, dout.sum(axis=0)",
    ),
    Mistake(
        "maxout_backward",
        "db_not_summed",
        "db1 and db2 are not summed over the batch. One bias serves all N examples, so their gradients add up to (M,).",
        old="dz1.sum(axis=0), x.T @ dz2, dz2.sum(axis=0)",
        new="dz1, x.T @ dz2, dz2",
    ),
    Mistake(
        "maxout_backward",
        "db_over_units",
        "You summed db1 and db2 over the units, which gives (N,). Sum over the batch, the first axis, to get (M,).",
        old="dz1.sum(axis=0), x.T @ dz2, dz2.sum(axis=0)",
        new="dz1.sum(axis=1), x.T @ dz2, dz2.sum(axis=1)",
    ),
    Mistake(
        "maxout_backward",
        "dx_of_one_map",
        "Your dx has come through the first map only. x feeds both maps, so what comes back from the two is added.",
        old="dz1 @ w1.T + dz2 @ w2.T",
        new="dz1 @ w1.T",
    ),
]

SOFTMAX = [
    Mistake(
        "softmax_forward",
        "first_axis",
        "Your columns sum to 1, not your rows. Softmax works along the last axis, the classes.",
        old="exps = np.exp(x - x.max(axis=-1, keepdims=True))\n    out = exps / exps.sum(axis=-1, keepdims=True)",
        new="exps = np.exp(x - x.max(axis=0, keepdims=True))\n    out = exps / exps.sum(axis=0, keepdims=True)",
    ),
    Mistake(
        "softmax_forward",
        "second_axis",
        "You work along axis 1, which is the last one of two only. Let it be the last whatever their number is.",
        old="exps = np.exp(x - x.max(axis=-1, keepdims=True))\n    out = exps / exps.sum(axis=-1, keepdims=True)",
        new="exps = np.exp(x - x.max(axis=1, keepdims=True))\n    out = exps / exps.sum(axis=1, keepdims=True)",
    ),
    Mistake(
        "softmax_forward",
        "sum_of_all",
        "You divided by the sum over the whole array. Every row is divided by its own sum.",
        old="exps.sum(axis=-1, keepdims=True)",
        new="exps.sum()",
    ),
    Mistake(
        "softmax_forward",
        "no_shift",
        "e^x overflows for large scores, and for very negative ones all of a row is 0 / 0. "
        "Shift every row first, by its own largest score.",
        old="x - x.max(axis=-1, keepdims=True)",
        new="x",
    ),
    Mistake(
        "softmax_forward",
        "one_shift_for_all",
        "You shift all rows by the largest score of the whole array, and a row far below it becomes 0 / 0. "
        "Shift every row by its own largest score.",
        old="x.max(axis=-1, keepdims=True)",
        new="x.max()",
    ),
    Mistake(
        "softmax_forward",
        "in_place",
        "You shifted x itself. Make a new array for the shifted scores: the caller still needs x as it was.",
        old="exps = np.exp(x - x.max(axis=-1, keepdims=True))",
        new="x -= x.max(axis=-1, keepdims=True)\n    exps = np.exp(x)",
    ),
    Mistake(
        "softmax_backward",
        "diagonal",
        "You used s * (1 - s), the diagonal of the Jacobian. A score also moves the probabilities of the other "
        "classes: those terms are missing.",
        old="out * (dout - mean)",
        new="dout * out * (1.0 - out)",
    ),
    Mistake(
        "softmax_backward",
        "no_sum",
        "You multiplied dout by s and took nothing off. The sum over the row, dout_j * s_j, is missing.",
        old="out * (dout - mean)",
        new="out * dout",
    ),
    Mistake(
        "softmax_backward",
        "sum_without_s",
        "In the sum over the row every dout_j has to be multiplied by its own s_j; you added up dout alone.",
        old="(dout * out).sum(axis=-1, keepdims=True)",
        new="dout.sum(axis=-1, keepdims=True)",
    ),
    Mistake(
        "softmax_backward",
        "sum_over_batch",
        "Your sum runs down the batch (axis 0). It has to run over the classes of one row, the last axis.",
        old="axis=-1",
        new="axis=0",
    ),
    Mistake(
        "softmax_backward",
        "second_axis",
        "Your sum runs along axis 1, which is the last one of two only. Let it be the last whatever their number is.",
        old="axis=-1",
        new="axis=1",
    ),
    Mistake(
        "softmax_backward",
        "sum_of_all",
        "Your sum runs over the whole array. Every row has a sum of its own, along the last axis.",
        old="(dout * out).sum(axis=-1, keepdims=True)",
        new="(dout * out).sum()",
    ),
    Mistake(
        "softmax_backward",
        "no_upstream",
        "This is s * (1 - s), without dout: how each probability moves with its own score. By the chain rule dout "
        "counts, and so do the other classes.",
        old="out * (dout - mean)",
        new="out * (1.0 - out)",
    ),
    Mistake(
        "softmax_backward",
        "cross_entropy",
        "You took dout away from s, as if it were the target. That is the gradient of softmax and cross-entropy "
        "together; here dout is the gradient of the loss for the probabilities.",
        old="out * (dout - mean)",
        new="out - dout",
    ),
]

MISTAKES = SIGMOID + TANH + RELU + LEAKY_RELU + ELU + MAXOUT + SOFTMAX
