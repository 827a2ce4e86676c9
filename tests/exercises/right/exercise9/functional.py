"""Parameters of one's own and torch.nn.functional; roll and wipe; momentum."""

import math

import torch
from torch import nn
from torch.nn import functional as f


class Functional(nn.Module):
    def __init__(self, classes):
        super().__init__()
        self.w1 = nn.Parameter(torch.randn(16, 1, 5, 5) * math.sqrt(2 / 25))
        self.b1 = nn.Parameter(torch.zeros(16))
        self.w2 = nn.Parameter(torch.randn(32, 16, 5, 5) * math.sqrt(2 / 400))
        self.b2 = nn.Parameter(torch.zeros(32))
        self.w3 = nn.Parameter(torch.randn(classes, 32) * math.sqrt(1 / 32))
        self.b3 = nn.Parameter(torch.zeros(classes))

    def forward(self, x):
        x = f.max_pool2d(torch.relu(f.conv2d(x, self.w1, self.b1, padding=2)), 2)
        x = torch.relu(f.conv2d(x, self.w2, self.b2, padding="same"))
        return x.amax(dim=(2, 3)) @ self.w3.T + self.b3


def build_cnn(num_classes, image_size):
    return Functional(num_classes)


def augment(images, seed):
    chance = torch.Generator()
    chance.manual_seed(seed)
    moved = images.clone()
    for image in moved:
        for axis in (1, 2):
            by = torch.randint(5, (), generator=chance).item() - 2
            image.copy_(torch.roll(image, by, axis))
            edge = [slice(None)] * 3
            edge[axis] = slice(0, by) if by > 0 else slice(image.shape[axis] + by, None)
            image[tuple(edge)] = 0
    return moved


def make_optimizer(model):
    return torch.optim.SGD(model.parameters(), lr=0.05, momentum=0.9)


def train_one_epoch(model, loader, optimizer, device):
    model.train()
    total = torch.zeros(())
    for x, y in loader:
        optimizer.zero_grad(set_to_none=False)
        loss = f.nll_loss(f.log_softmax(model(x.to(device)), dim=1), y.to(device))
        loss.backward()
        optimizer.step()
        total += loss.detach().cpu()
    return (total / len(loader)).item()


def evaluate(model, loader, device):
    modes = [m.training for m in model.modules()]
    model.train(False)
    right = n = 0
    for x, y in loader:
        with torch.no_grad():
            logits = model(x.to(device))
        right += int(torch.eq(logits.argmax(1), y.to(device)).sum())
        n += y.numel()
    for m, mode in zip(model.modules(), modes):
        m.training = mode
    return right / n
