"""Fine-tuning: a network that has learnt one task is taught another, from few examples.

The model has two parts: `model.backbone` makes features of images; `model.head`, an nn.Linear, logits of features.
"""

import torch
from torch import nn
from torch.nn import functional
from torch.utils.data import DataLoader

BATCH_NORMS = (nn.BatchNorm1d, nn.BatchNorm2d, nn.BatchNorm3d)


### BEGIN SOLUTION
def _use_running_statistics(batch_norm: nn.Module, _inputs: object) -> None:
    """Put a batch norm into eval mode: called right before each of its forwards."""
    batch_norm.eval()
    ### END SOLUTION


def freeze(module: nn.Module) -> None:
    """Freeze a module in place: whatever is trained from now on, it computes what it computes now.

    Parameters:  none of them gets a gradient any more.
    Batch norms: each of them (BATCH_NORMS) normalises with its running statistics and leaves them as they are, from
                 now on, and also after model.train().
    Example:     of the 4 parameters of nn.Sequential(nn.Linear(3, 4), nn.BatchNorm1d(4)) none gets a gradient any more.
                 After model.train() and 100 forwards, running_mean and running_var are what they were.
    Returns:     nothing
    Hint:        module.modules() yields all parts, nested ones and the module itself too. Running statistics are no
                 parameters: they move with every forward in train mode, and model.train() puts every part into it.
                 register_forward_pre_hook lets a function of yours run right before each forward of a part.
    """
    ### BEGIN SOLUTION
    for parameter in module.parameters():
        parameter.requires_grad = False
    for part in module.modules():
        if isinstance(part, BATCH_NORMS):
            part.register_forward_pre_hook(_use_running_statistics)
    ### END SOLUTION


def replace_head(model: nn.Module, num_classes: int) -> nn.Module:
    """Give a model a new, untrained head for other classes, in place.

    Shapes:  the new head takes as many features as the old one and returns num_classes logits.
    Example: if model.head is nn.Linear(128, 5), then after replace_head(model, 3) it is a new nn.Linear(128, 3).
    Returns: the model, for convenience (None will do)
    Hint:    The old head knows how many inputs it has.
    """
    ### BEGIN SOLUTION
    model.head = nn.Linear(model.head.in_features, num_classes)
    return model
    ### END SOLUTION


def trainable_parameters(model: nn.Module) -> list[nn.Parameter]:
    """Return the parameters of a model that get a gradient, as a list.

    Example: a frozen backbone and head = nn.Linear(128, 3): [head.weight, head.bias].
    Hint:    Each parameter knows whether it requires a gradient. The list holds the parameters themselves, no copies.
    """
    ### BEGIN SOLUTION
    return [parameter for parameter in model.parameters() if parameter.requires_grad]
    ### END SOLUTION


def make_optimizer(model: nn.Module) -> torch.optim.Optimizer:
    """Return an optimizer of your choice over the trainable parameters of a model, and over nothing else.

    Example: torch.optim.SGD([w, b], lr=0.1) moves w and b, and no other parameter.
    Hint:    Only a head is learnt here, in few steps: the learning rate may be larger than for a whole network.
    """
    ### BEGIN SOLUTION
    return torch.optim.Adam(trainable_parameters(model), lr=0.01)
    ### END SOLUTION


def fine_tune_epoch(
    model: nn.Module, loader: DataLoader, optimizer: torch.optim.Optimizer, device: torch.device
) -> float:
    """Train a model for one epoch, as train_one_epoch in exercise9: what is frozen stays as it is.

    Shapes:  the loader yields images (N, 1, S, S) and labels (N,); the model makes logits (N, C) of images.
    Formula: in train mode, for each batch: zero_grad, forward, cross-entropy, backward, step
    Example: logits [[0, 0]] and label 1 have the loss log 2 = 0.693.
    Returns: the mean loss of the epoch, a float; over examples or over batches
    Hint:    model.train() is what this begins with, every time: a frozen batch norm has to bear it.
             Images and labels go to the device first. loss.item() is a number, loss is a tensor with its whole history.
    """
    ### BEGIN SOLUTION
    model.train()
    total, count = 0.0, 0
    for images, labels in loader:
        images, labels = images.to(device), labels.to(device)
        optimizer.zero_grad()
        loss = functional.cross_entropy(model(images), labels)
        loss.backward()
        optimizer.step()
        total += loss.item() * len(labels)
        count += len(labels)
    return total / count
    ### END SOLUTION
