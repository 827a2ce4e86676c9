"""As little as possible."""

import torch
from torch import nn
from torch.nn import functional as F


def build_cnn(num_classes, image_size):
    return nn.Sequential(
        nn.Conv2d(1, 32, 7, stride=2, padding=3),
        nn.ReLU(),
        nn.Conv2d(32, 48, 5, padding=2),
        nn.ReLU(),
        nn.AdaptiveMaxPool2d(1),
        nn.Flatten(),
        nn.Linear(48, num_classes),
    )


def augment(images, seed):
    gen, size = torch.Generator().manual_seed(seed), images.shape[-1]
    big = F.pad(images, [2] * 4)
    at = torch.randint(0, 5, (len(images), 2), generator=gen)
    return torch.cat([big[i : i + 1, :, a : a + size, b : b + size] for i, (a, b) in enumerate(at.tolist())])


def make_optimizer(model):
    return torch.optim.RMSprop(model.parameters(), lr=1e-3)


def train_one_epoch(model, loader, optimizer, device):
    model.train()

    def loss_of(x, y):
        loss = F.cross_entropy(model(x.to(device)), y.to(device))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        return loss.item()

    losses = [loss_of(x, y) for x, y in loader]
    return sum(losses) / len(losses)


def evaluate(model, loader, device):
    modes = {m: m.training for m in model.modules()}
    model.eval()
    with torch.no_grad():
        hits = sum(int((model(x.to(device)).argmax(1) == y.to(device)).sum()) for x, y in loader)
    [setattr(m, "training", t) for m, t in modes.items()]
    return hits / len(loader.dataset)
