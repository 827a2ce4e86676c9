"""Pre-trains exercise10's model on the digits 0 to 4: `python solutions/exercise10/make_backbone.py` (half a minute).

Writes exercises/exercise10/backbone.npz, which suite, handout and students load. The digits 5 to 9 take no part in it.
With another version of PyTorch other weights come out: measure them with benchmarks/finetune.py before you keep them.
"""

from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from grader.datasets import load_digits
from grader.datasets.canvas import placed

FILE = Path(__file__).resolve().parents[2] / "exercises" / "exercise10" / "backbone.npz"
OLD_CLASSES = 5
POSES = 8
NOISE = 0.1
FEATURES = 128
CANVAS = 16
SEED = 10


def build_model() -> nn.Sequential:
    """Return the untrained model: `.backbone` makes 128 features of an image, `.head` logits of features."""
    model = nn.Sequential()
    model.backbone = nn.Sequential(
        *(nn.Conv2d(1, 16, 3, padding=1, bias=False), nn.BatchNorm2d(16), nn.ReLU(), nn.MaxPool2d(2)),
        *(nn.Conv2d(16, 32, 3, padding=1, bias=False), nn.BatchNorm2d(32), nn.ReLU(), nn.MaxPool2d(2)),
        *(nn.Conv2d(32, FEATURES, 3, padding=1, bias=False), nn.BatchNorm2d(FEATURES), nn.ReLU()),
        *(nn.AdaptiveMaxPool2d(1), nn.Flatten()),
    )
    model.head = nn.Linear(FEATURES, OLD_CLASSES)
    return model


def load_model() -> nn.Sequential:
    """Return the pre-trained model."""
    model = build_model()
    with np.load(FILE) as file:
        arrays = {name: torch.from_numpy(file[name].astype(np.float32)) for name in file.files}
    model.load_state_dict(arrays, strict=False)  # it lacks the batch norms' counters, which nothing depends on
    return model


def draw(rng: np.random.Generator, count: int, posed: bool) -> tuple[torch.Tensor, torch.Tensor]:
    """Return fresh images of 0 to 4 and their classes; posed: also turned and mirrored, each pose a class of its own.

    Forty classes are learnt rather than five, because features that tell more things apart serve a new task better.
    """
    images, labels = load_digits()
    chosen = rng.choice(np.flatnonzero(labels < OLD_CLASSES), count)
    poses = rng.integers(POSES if posed else 1, size=count)
    digits = np.stack([pose_of(image, pose) for image, pose in zip(images[chosen] / 16, poses, strict=True)])
    classes = labels[chosen].astype(np.int64) * (POSES if posed else 1) + poses
    return torch.from_numpy(placed(rng, digits, CANVAS, NOISE)), torch.from_numpy(classes)


def pose_of(image: np.ndarray, pose: int) -> np.ndarray:
    """Return an image in one of eight poses: four turns, and these mirrored."""
    return np.rot90(image if pose < 4 else image[:, ::-1], pose % 4)


def learn(
    model: nn.Module, parameters: list[nn.Parameter], rng: np.random.Generator, epochs: int, posed: bool
) -> float:
    """Train parameters on fresh images in every epoch, with a falling rate; return the accuracy in the last."""
    optimizer = torch.optim.Adam(parameters, lr=3e-3)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, epochs)
    hits, count = 0, 8_000
    for _ in range(epochs):
        images, classes = draw(rng, count, posed)
        hits = 0
        for x, y in zip(images.split(64), classes.split(64), strict=True):
            optimizer.zero_grad()
            logits = model(x)
            functional.cross_entropy(logits, y).backward()
            optimizer.step()
            hits += int((logits.argmax(dim=1) == y).sum())
        schedule.step()
    return hits / count


def main() -> None:
    """Pre-train the backbone, then a head for 0 to 4, and write both."""
    torch.set_num_threads(1)
    torch.manual_seed(SEED)
    rng = np.random.default_rng(SEED)
    model = build_model()
    model.head = nn.Linear(FEATURES, OLD_CLASSES * POSES)
    print(f"40 classes: {learn(model, list(model.parameters()), rng, 20, posed=True):.3f}")
    model.backbone.eval()
    model.head = nn.Linear(FEATURES, OLD_CLASSES)
    print(f"digits 0 to 4: {learn(model, list(model.head.parameters()), rng, 2, posed=False):.3f}")
    state = {name: value.numpy() for name, value in model.state_dict().items() if "num_batches" not in name}
    np.savez_compressed(FILE, **{name: value.astype(np.float16) for name, value in state.items()})
    print(f"{FILE.name}: {sum(value.size for value in state.values()):,} numbers, {FILE.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
