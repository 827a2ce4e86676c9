"""Mutants of exercise10's reference that are right answers too, each with the reason why."""

from grader.audit.run import Equivalent

ORDER = "Each parameter and each part is frozen by itself, in whatever order."
RATE = "The optimizer and its rate are the student's choice; this one learns as well."
SIZE = "A batch has as many images as labels."

EQUIVALENT = [
    Equivalent(
        "freeze",
        "for parameter in module.parameters():",
        "for parameter in list(module.parameters())[::-1]:",
        ORDER,
    ),
    Equivalent(
        "freeze",
        "for part in module.modules():",
        "for part in list(module.modules())[::-1]:",
        ORDER,
    ),
    Equivalent(
        "freeze",
        "if isinstance(part, BATCH_NORMS):",
        "if True:",
        "Eval mode for every part of a frozen module: what becomes of dropout is left open.",
    ),
    Equivalent(
        "make_optimizer",
        "return torch.optim.Adam(trainable_parameters(model), lr=0.01)",
        "return torch.optim.Adam(trainable_parameters(model))",
        RATE,
    ),
    Equivalent(
        "make_optimizer",
        "return torch.optim.Adam(trainable_parameters(model), lr=0.01)",
        "return torch.optim.Adam(trainable_parameters(model), lr=0.02)",
        RATE,
    ),
    Equivalent(
        "make_optimizer",
        "return torch.optim.Adam(trainable_parameters(model), lr=0.01)",
        "return torch.optim.Adam(trainable_parameters(model), lr=0.005)",
        RATE,
    ),
    Equivalent(
        "fine_tune_epoch",
        "total, count = 0.0, 0",
        "total, count = (0, 0.0)",
        "A sum that starts at 0 or at 0.0.",
    ),
    Equivalent("fine_tune_epoch", "count += len(labels)", "count += len(images)", SIZE),
    Equivalent(
        "fine_tune_epoch",
        "total += loss.item() * len(labels)",
        "total += loss.item() * len(images)",
        SIZE,
    ),
]
