"""The wrong answers people give in exercise8; each fails the suite and explains itself."""

from grader.checks.mistakes import Mistake

SIZES = "_places(x.shape[2], height, stride), _places(x.shape[3], width, stride)"
ROUNDED_UP = "1 - (height - x.shape[2]) // stride, 1 - (width - x.shape[3]) // stride"
ONE_LESS = "(x.shape[2] - height) // stride, (x.shape[3] - width) // stride"

NO_STRIDE = (
    "Your windows move by one pixel, whatever the stride: window (i, j) begins in row i·stride, column j·stride."
)
NO_STRIDE_BACK = (
    "Your backward looks for window (i, j) in row i and column j. With a stride it began in row i·stride and column "
    "j·stride: the gradient has to go back to the same pixels."
)
LAST_LOST = "Your out is one row and one column too small: the number of windows is 1 + (what is left) // stride."
ROUNDED = (
    "Where the stride does not divide, you let a last window hang over the edge. A window that does not fit is left "
    "out: round down."
)
SWAPPED = "Your windows lie on their side: pool_height counts rows (axis 2), pool_width columns (axis 3)."
ASSIGNED = (
    "Where windows overlap, a pixel gets a gradient from each of them, and you keep only the last: add to what is "
    "there already."
)
WINDOW = "_window(i, j, height, width, stride)"

CONV = [
    Mistake(
        "conv_forward",
        "flipped",
        "You turn the kernel round: that is the convolution of mathematics. Here, as in all of deep learning, the "
        "first weight meets the first pixel of the window (cross-correlation).",
        old="window, w)",
        new="window, w[:, :, ::-1, ::-1])",
    ),
    Mistake(
        "conv_forward",
        "no_bias",
        "The bias is missing: each kernel f adds its own b[f] to all of its outputs.",
        old="window, w) + b",
        new="window, w)",
    ),
    Mistake("conv_forward", "no_stride", NO_STRIDE, old=WINDOW, new="_window(i, j, height, width, 1)"),
    Mistake(
        "conv_forward",
        "stride_of_rows",
        "You use the stride down the rows only. The window moves by stride along the columns as well.",
        old=f"padded[{WINDOW}]",
        new="padded[:, :, i * stride : i * stride + height, j : j + width]",
    ),
    Mistake(
        "conv_forward",
        "one_side",
        "You put all of the zeros on one side of the image. There are pad rows above and pad below, pad columns to "
        "the left and pad to the right.",
        old="(pad, pad), (pad, pad)",
        new="(0, 2 * pad), (0, 2 * pad)",
    ),
    Mistake(
        "conv_forward",
        "last_lost",
        LAST_LOST,
        old="_places(padded.shape[2], height, stride), _places(padded.shape[3], width, stride)",
        new="(padded.shape[2] - height) // stride, (padded.shape[3] - width) // stride",
    ),
    Mistake(
        "conv_forward",
        "rounded_up",
        ROUNDED,
        old="(pad, pad), (pad, pad)",
        new="(pad, pad + stride - 1), (pad, pad + stride - 1)",
    ),
    Mistake("conv_backward", "no_stride", NO_STRIDE_BACK, old=WINDOW, new="_window(i, j, height, width, 1)"),
    Mistake(
        "conv_backward",
        "crops_one",
        "You cut one pixel off each side, whatever pad is. Cut off pad rows and columns, and none when pad is 0.",
        old="pad : pad + rows, pad : pad + columns",
        new="1:-1, 1:-1",
    ),
    Mistake(
        "conv_backward",
        "empty",
        "Your dx is empty when pad is 0, because an index from 0 to −0 holds nothing. Count the end from the front: "
        "it is pad plus the image's own height or width.",
        old="pad : pad + rows, pad : pad + columns",
        new="pad:-pad, pad:-pad",
    ),
    Mistake(
        "conv_backward",
        "not_cropped",
        "Your dx still has the padding around it. The zeros were not in x: cut them off, so that dx has the shape "
        "of x.",
        old="dpadded[:, :, pad : pad + rows, pad : pad + columns]",
        new="dpadded",
    ),
    Mistake("conv_backward", "assigned", ASSIGNED, old="dpadded[window] += ", new="dpadded[window] = "),
    Mistake(
        "conv_backward",
        "last_window",
        "Your dw is that of the last window alone. A kernel is used in every window: its gradient is the sum over "
        "all of them.",
        old="dw += ",
        new="dw = ",
    ),
    Mistake(
        "conv_backward",
        "mean_over_batch",
        "You average db over the batch. Every example has used the bias: sum over examples, rows and columns. A "
        "mean, if there is one, is the loss's and is in dout already.",
        old="dout.sum(axis=(0, 2, 3))",
        new="dout.sum(axis=(2, 3)).mean(axis=0)",
    ),
    Mistake(
        "conv_backward",
        "flipped",
        "You turn the kernel round on its way back. If you go window by window, the weight that met a pixel on the "
        "way there is the weight that hands it the gradient.",
        old="dout[:, :, i, j], w)",
        new="dout[:, :, i, j], w[:, :, ::-1, ::-1])",
    ),
]

MAX_POOL = [
    Mistake(
        "max_pool_forward",
        "mean",
        "You take the mean of each window: that is average pooling. Here it is the largest value.",
        old=".max(axis=(2, 3))",
        new=".mean(axis=(2, 3))",
    ),
    Mistake(
        "max_pool_forward",
        "at_least_zero",
        "Your maximum starts from 0, so that a window of negative values gives 0. Its largest value is negative.",
        old=".max(axis=(2, 3))",
        new=".max(axis=(2, 3), initial=0.0)",
    ),
    Mistake(
        "max_pool_forward",
        "swapped",
        SWAPPED,
        old="height, width, stride = pool_param",
        new="width, height, stride = pool_param",
    ),
    Mistake("max_pool_forward", "no_stride", NO_STRIDE, old=WINDOW, new="_window(i, j, height, width, 1)"),
    Mistake(
        "max_pool_forward",
        "no_overlap",
        "You move the windows by their own height. They move by stride, which may be smaller (then they overlap) or "
        "larger.",
        old='pool_param["stride"]',
        new='pool_param["pool_height"]',
    ),
    Mistake("max_pool_forward", "last_lost", LAST_LOST, old=SIZES, new=ONE_LESS),
    Mistake("max_pool_forward", "rounded_up", ROUNDED, old=SIZES, new=ROUNDED_UP),
    Mistake("max_pool_backward", "assigned", ASSIGNED, old="dx[window] += ", new="dx[window] = "),
    Mistake("max_pool_backward", "no_stride", NO_STRIDE_BACK, old=WINDOW, new="_window(i, j, height, width, 1)"),
    Mistake(
        "max_pool_backward",
        "all_ties",
        "Where several values of a window are the largest, you give each of them the whole gradient: it is handed "
        "out more than once. Choose one of them.",
        old="np.arange(height * width) == flat.argmax(axis=2)[:, :, None]",
        new="flat == flat.max(axis=2)[:, :, None]",
    ),
    Mistake(
        "max_pool_backward",
        "shared_ties",
        "Where several values of a window are the largest, you share the gradient among them. Here one of them gets "
        "all of it.",
        old="np.arange(height * width) == flat.argmax(axis=2)[:, :, None]",
        new="(t := flat == flat.max(axis=2)[:, :, None]) / t.sum(axis=2)[:, :, None]",
    ),
    Mistake(
        "max_pool_backward",
        "everywhere",
        "You hand the gradient to every value of the window. Only the largest has moved the output; the others get 0.",
        old="(wins * dout[:, :, i, j, None])",
        new="(np.ones_like(flat) * dout[:, :, i, j, None])",
    ),
    Mistake(
        "max_pool_backward",
        "no_upstream",
        "You count how often a value was the largest, as if dout were 1. Each time it gets the gradient of that "
        "window.",
        old="(wins * dout[:, :, i, j, None])",
        new="(wins * 1.0)",
    ),
]

AVG_POOL = [
    Mistake(
        "avg_pool_forward",
        "sum",
        "You add up each window. The mean divides by the number of its values, pool_height · pool_width.",
        old=".mean(axis=(2, 3))",
        new=".sum(axis=(2, 3))",
    ),
    Mistake(
        "avg_pool_forward",
        "square",
        "You divide by pool_height². A window need not be square: it has pool_height · pool_width values.",
        old=".mean(axis=(2, 3))",
        new=".sum(axis=(2, 3)) / height**2",
    ),
    Mistake(
        "avg_pool_forward",
        "swapped",
        SWAPPED,
        old="height, width, stride = pool_param",
        new="width, height, stride = pool_param",
    ),
    Mistake("avg_pool_forward", "no_stride", NO_STRIDE, old=WINDOW, new="_window(i, j, height, width, 1)"),
    Mistake("avg_pool_forward", "last_lost", LAST_LOST, old=SIZES, new=ONE_LESS),
    Mistake("avg_pool_forward", "rounded_up", ROUNDED, old=SIZES, new=ROUNDED_UP),
    Mistake(
        "avg_pool_backward",
        "no_size",
        "You give each value the whole gradient of its window. In a mean of n values each has the share 1/n.",
        old=" / (height * width)",
        new="",
    ),
    Mistake(
        "avg_pool_backward",
        "by_stride",
        "You divide by stride². That is the size of a window only where windows are square and lie side by side; in "
        "general it is pool_height · pool_width.",
        old="(height * width)",
        new="stride**2",
    ),
    Mistake("avg_pool_backward", "assigned", ASSIGNED, old="stride)] += ", new="stride)] = "),
    Mistake("avg_pool_backward", "no_stride", NO_STRIDE_BACK, old=WINDOW, new="_window(i, j, height, width, 1)"),
    Mistake(
        "avg_pool_backward",
        "swapped",
        SWAPPED,
        old="shape, height, width, stride = cache",
        new="shape, width, height, stride = cache",
    ),
]

MISTAKES = CONV + MAX_POOL + AVG_POOL
