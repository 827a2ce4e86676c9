"""Mutants of exercise9's reference that are right too: other networks that learn, and other ways to the same shifts."""

from grader.audit.run import Equivalent

FIRST, SECOND = "nn.Conv2d(1, 16, kernel_size=5, padding=2),", "nn.Conv2d(16, 32, kernel_size=5, padding=2),"
POOL = "nn.MaxPool2d(2),"
OPTIMIZER = "return torch.optim.Adam(model.parameters(), lr=3e-3)"
DRAW = "down, right = torch.randint(-2, 3, (2, len(images)), generator=generator).tolist()"
PAD = "padded = F.pad(images, (2, 2, 2, 2))"
WINDOW = (
    "image[:, 2 - i : 2 - i + height, 2 - j : 2 - j + width] for image, i, j in zip(padded, down, right, strict=True)"
)
NETWORK = "Another network with convolutions within the limits; it learns the digits as well."
RATE = "Another learning rate with which the network learns."
UNREACHED = "No window reaches the last column or row of a wider frame."
SQUARE = "Images are square: height and width are the same."
LENGTHS = "The three have the same length."
FACTORS = (
    (FIRST, "nn.Conv2d(1, 16, kernel_size=5),"),
    (FIRST, FIRST.replace("kernel_size=5", "kernel_size=6")),
    (FIRST, FIRST.replace("kernel_size=5", "kernel_size=4")),
    (FIRST, FIRST.replace("padding=2", "padding=3")),
    (FIRST, FIRST.replace("padding=2", "padding=1")),
    (SECOND, "nn.Conv2d(16, 32, kernel_size=5),"),
    (SECOND, SECOND.replace("kernel_size=5", "kernel_size=6")),
    (SECOND, SECOND.replace("kernel_size=5", "kernel_size=4")),
    (SECOND, SECOND.replace("padding=2", "padding=3")),
    (SECOND, SECOND.replace("padding=2", "padding=1")),
    (POOL, "nn.MaxPool2d(3),"),
    (POOL, "nn.MaxPool2d(1),"),
)

EQUIVALENT = [
    *(Equivalent("build_cnn", old, new, NETWORK) for old, new in FACTORS),
    *(
        Equivalent("make_optimizer", OPTIMIZER, OPTIMIZER.replace(old, new), RATE)
        for old, new in ((", lr=3e-3", ""), ("3e-3", "0.006"), ("3e-3", "0.0015"))
    ),
    Equivalent("augment", DRAW, DRAW.replace(".tolist()", ""), "Two rows of a tensor are whole numbers too."),
    Equivalent(
        "augment",
        "generator = torch.Generator().manual_seed(seed)",
        "generator = torch.manual_seed(seed)",
        "PyTorch's own generator, seeded: all chance comes from the seed.",
    ),
    Equivalent("augment", PAD, PAD.replace("(2, 2, 2, 2)", "(2, 3, 2, 2)"), UNREACHED),
    Equivalent("augment", PAD, PAD.replace("(2, 2, 2, 2)", "(2, 2, 2, 3)"), UNREACHED),
    Equivalent("augment", WINDOW, WINDOW.replace(", strict=True", ""), LENGTHS),
    Equivalent("augment", WINDOW, WINDOW.replace("strict=True", "strict=False"), LENGTHS),
    Equivalent("augment", WINDOW, WINDOW.replace("height", "width"), SQUARE),
    Equivalent("augment", WINDOW, WINDOW.replace("width", "height"), SQUARE),
    Equivalent(
        "train_one_epoch", "total, count = 0.0, 0", "total, count = (0, 0.0)", "A sum may begin with 0 or with 0.0."
    ),
    Equivalent("train_one_epoch", "count += len(labels)", "count += len(images)", "As many labels as images."),
    Equivalent(
        "train_one_epoch",
        "total += loss.item() * len(labels)",
        "total += loss.item() * len(images)",
        "As many labels as images.",
    ),
    Equivalent(
        "evaluate",
        "for part, training in modes.items():",
        "for part, training in list(modes.items())[::-1]:",
        "The order in which modes are put back does not matter.",
    ),
    Equivalent(
        "evaluate",
        "for images, labels in loader:",
        "for images, labels in list(loader)[::-1]:",
        "The order of the batches does not matter for a count.",
    ),
]
