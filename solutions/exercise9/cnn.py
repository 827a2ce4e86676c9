"""A convolutional network in PyTorch: the model, more images out of few, the training loop, and the accuracy.

Images are tensors (N, 1, S, S) of float32: N examples, one channel (grey), S rows and S columns. Labels are tensors
(N,) of int64. A loader is a `torch.utils.data.DataLoader` that yields batches (images, labels). `device` is a
`torch.device`: where the model is, and where images and labels have to go before the model can see them.
"""

import torch
from torch import Tensor, nn
from torch.nn import functional as F
from torch.optim import Optimizer
from torch.utils.data import DataLoader


def build_cnn(num_classes: int, image_size: int) -> nn.Module:
    """Return a convolutional network, untrained.

    Shapes:  the model takes images (N, 1, image_size, image_size) and returns logits (N, num_classes): any real
             numbers, the largest where the model would say "this one". No softmax: the loss has it inside.
    Limits:  at most 200,000 parameters for images of 16 × 16; at least one convolution.
    Example: nn.Conv2d(1, 16, kernel_size=3, padding=1) makes 16 feature maps of an image, of its size, and has
             16·(3·3·1 + 1) = 160 parameters. nn.MaxPool2d(2) after it makes 16 × 16 into 8 × 8.
    Hint:    begin with convolution, ReLU, pooling, twice over; then flatten, and one linear layer. Its inputs are all
             the numbers that are left of one image: work that out from image_size, for it is not always 16.
             nn.Sequential puts layers in a row.
    """
    ### BEGIN SOLUTION
    # The last pooling asks of each feature map only whether it was seen at all, wherever that was; so the linear layer
    # gets 32 numbers, for images of every size.
    return nn.Sequential(
        nn.Conv2d(1, 16, kernel_size=5, padding=2),
        nn.BatchNorm2d(16),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Conv2d(16, 32, kernel_size=5, padding=2),
        nn.BatchNorm2d(32),
        nn.ReLU(),
        nn.AdaptiveMaxPool2d(1),
        nn.Flatten(),
        nn.Linear(32, num_classes),
    )
    ### END SOLUTION


def augment(images: Tensor, seed: int) -> Tensor:
    """Return the images, each of them moved on its own by up to 2 pixels: new examples with the old labels.

    Shapes:  images (N, 1, S, S) → (N, 1, S, S); the images you are given stay as they are.
    Formula: for each image draw two whole numbers from −2, −1, 0, 1, 2: so far it moves down, and so far to the
             right. What leaves the image is gone, and zeros move in at the other side. All chance comes from the seed.
    Example: the image [[1, 2], [3, 4]], moved down by 1 and by 0 to the right, is [[0, 0], [1, 2]].
    Hint:    torch.Generator().manual_seed(seed) is a source of chance of your own; torch.randint takes it, and leaves
             out its upper bound. F.pad(images, (2, 2, 2, 2)) puts a frame of zeros around each image; a shifted image
             is a window of that. torch.roll lets pixels come in again at the other side.
    """
    ### BEGIN SOLUTION
    generator = torch.Generator().manual_seed(seed)
    down, right = torch.randint(-2, 3, (2, len(images)), generator=generator).tolist()
    height, width = images.shape[2:]
    padded = F.pad(images, (2, 2, 2, 2))
    windows = [
        image[:, 2 - i : 2 - i + height, 2 - j : 2 - j + width] for image, i, j in zip(padded, down, right, strict=True)
    ]
    return torch.stack(windows)
    ### END SOLUTION


def make_optimizer(model: nn.Module) -> Optimizer:
    """Return a torch optimizer over all parameters of the model, with a learning rate that suits them.

    Example: torch.optim.SGD(model.parameters(), lr=0.1) moves each parameter by −0.1 times its gradient at each step.
    Hint:    torch.optim has all that you wrote in exercise 5. With too small a learning rate training does not arrive
             in time; with one that is too large the loss jumps about, or becomes nan. Try some, each three times as
             large as the last.
    """
    ### BEGIN SOLUTION
    return torch.optim.Adam(model.parameters(), lr=3e-3)
    ### END SOLUTION


def train_one_epoch(model: nn.Module, loader: DataLoader, optimizer: Optimizer, device: torch.device) -> float:
    """Train the model on every batch of the loader once, in train mode; return the mean loss.

    Returns: a float, the mean of the cross-entropies: over all examples, or over the batches.
    Steps:   for each batch, on the device: forget the old gradients; forward; cross-entropy; backward; one step.
    Example: of 130 examples in batches of 64 come three batches, the last one of 2, and so three steps.
    Hint:    model.train() before the first batch. F.cross_entropy(logits, labels) has the softmax inside and takes the
             mean over the batch. backward() adds to the gradients that are there. loss.item() is a float.
    """
    ### BEGIN SOLUTION
    model.train()
    total, count = 0.0, 0
    for images, labels in loader:
        images, labels = images.to(device), labels.to(device)
        optimizer.zero_grad()
        loss = F.cross_entropy(model(images), labels)
        loss.backward()
        optimizer.step()
        total += loss.item() * len(labels)
        count += len(labels)
    return total / count
    ### END SOLUTION


def evaluate(model: nn.Module, loader: DataLoader, device: torch.device) -> float:
    """Return the accuracy of the model: the share of all the loader's examples that it is right about.

    The model is asked in eval mode, and no gradients are kept. Afterwards the model and each of its parts are in the
    modes in which they were found.

    Returns: a float from 0 to 1.
    Example: 10 right of the 64 in the first batch, and 2 right of the 2 in the second: 12 / 66 = 0.1818…
    Hint:    logits.argmax(dim=1) is the guess. Count, and divide once at the end. model.modules() gives the model and
             all its parts; each has its own `training`, True or False. torch.no_grad() is for `with`.
    """
    ### BEGIN SOLUTION
    modes = {part: part.training for part in model.modules()}
    model.eval()
    right, count = 0, 0
    with torch.no_grad():
        for images, labels in loader:
            guesses = model(images.to(device)).argmax(dim=1)
            right += (guesses == labels.to(device)).sum().item()
            count += len(labels)
    for part, training in modes.items():
        part.training = training
    return right / count
    ### END SOLUTION
