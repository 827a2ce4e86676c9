"""Batch norms change their class; the loss by hand."""

import torch
from torch import nn


class _Frozen:
    def train(self, mode=True):
        return super().train(False)


class _Frozen1(_Frozen, nn.BatchNorm1d):
    pass


class _Frozen2(_Frozen, nn.BatchNorm2d):
    pass


class _Frozen3(_Frozen, nn.BatchNorm3d):
    pass


_OTHER = {nn.BatchNorm1d: _Frozen1, nn.BatchNorm2d: _Frozen2, nn.BatchNorm3d: _Frozen3}


def freeze(module):
    for part in module.modules():
        if type(part) in _OTHER:
            part.__class__ = _OTHER[type(part)]
            part.eval()
    for parameter in module.parameters():
        parameter.requires_grad = False


def replace_head(model, num_classes):
    old = model.head
    model.head = nn.Linear(old.in_features, num_classes, device=old.weight.device)
    nn.init.xavier_uniform_(model.head.weight)
    nn.init.zeros_(model.head.bias)
    return model


def trainable_parameters(model: nn.Module) -> list:
    return [*(p for p in model.parameters() if p.requires_grad)]


def make_optimizer(model):
    return torch.optim.RMSprop(trainable_parameters(model), lr=3e-3)


def fine_tune_epoch(model, loader, optimizer, device):
    model = model.train(True)
    total = torch.zeros((), device=device)
    for images, labels in loader:
        images = images.to(device, non_blocking=True)
        labels = labels.to(device, non_blocking=True)
        optimizer.zero_grad(set_to_none=False)
        logs = torch.log_softmax(model(images), dim=-1)
        loss = -logs[torch.arange(len(labels)), labels].mean()
        loss.backward()
        optimizer.step()
        total += loss.detach()
    return float(total / len(loader))
