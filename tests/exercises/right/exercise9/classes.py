"""A class of its own for the network, with dropout; chance from NumPy."""

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F


class Net(nn.Module):
    def __init__(self, num_classes, image_size):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 24, 5, padding=2)
        self.conv2 = nn.Conv2d(24, 32, 3, padding=1)
        self.drop = nn.Dropout(0.25)
        size = (image_size // 2) // 2
        self.fc1 = nn.Linear(32 * size * size, 64)
        self.fc2 = nn.Linear(64, num_classes)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.conv1(x)), 2)
        x = F.max_pool2d(F.relu(self.conv2(x)), 2)
        x = self.drop(x.view(x.size(0), -1))
        return self.fc2(F.relu(self.fc1(x)))


def build_cnn(num_classes: int, image_size: int) -> nn.Module:
    return Net(num_classes, image_size)


def augment(images: torch.Tensor, seed: int) -> torch.Tensor:
    rng = np.random.default_rng(seed)
    shifts = rng.integers(-2, 3, size=(images.shape[0], 2))
    out = []
    for image, (dy, dx) in zip(images.numpy(), shifts):
        padded = np.pad(image[0], 2)
        s = image.shape[-1]
        out.append(padded[2 - dy : 2 - dy + s, 2 - dx : 2 - dx + s])
    return torch.from_numpy(np.stack(out)[:, None])


def make_optimizer(model):
    return torch.optim.AdamW(model.parameters(), lr=0.002, weight_decay=0.01)


def train_one_epoch(model, loader, optimizer, device):
    criterion = nn.CrossEntropyLoss()
    running_loss = 0.0
    model.train(True)
    for batch in loader:
        inputs, targets = batch[0].to(device), batch[1].to(device)
        for parameter in model.parameters():
            parameter.grad = None
        with torch.enable_grad():
            loss = criterion(model(inputs), targets)
        loss.backward()
        optimizer.step()
        running_loss += float(loss.detach()) * inputs.size(0)
    return running_loss / len(loader.dataset)


@torch.no_grad()
def evaluate(model, loader, device):
    states = [(module, module.training) for module in model.modules()]
    try:
        model.eval()
        hits = []
        for inputs, targets in loader:
            hits.append(model(inputs.to(device)).argmax(-1) == targets.to(device))
        return torch.cat(hits).float().mean().item()
    finally:
        for module, training in states:
            module.training = training
