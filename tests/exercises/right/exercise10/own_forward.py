"""Batch norms compute something else from now on; Adagrad; a tuple of parameters is a list in the end."""

import types

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn


def _frozen_forward(self, x):
    return F.batch_norm(x, self.running_mean, self.running_var, self.weight, self.bias, False, 0.0, self.eps)


def freeze(module):
    for m in module.modules():
        if isinstance(m, (nn.BatchNorm1d, nn.BatchNorm2d, nn.BatchNorm3d)):
            m.forward = types.MethodType(_frozen_forward, m)
    for p in module.parameters():
        p.requires_grad = False
        p.grad = None


def replace_head(model, num_classes):
    model.head = nn.Linear(model.head.in_features, num_classes, bias=False)
    with torch.no_grad():
        model.head.weight.mul_(0.5)
    return model


def trainable_parameters(model):
    return sorted((p for p in model.parameters() if p.requires_grad), key=lambda p: p.numel())


def make_optimizer(model):
    return torch.optim.Adagrad(trainable_parameters(model), lr=0.05)


def fine_tune_epoch(model, loader, optimizer, device):
    model.train()
    epoch_loss = []
    for batch in loader:
        x, y = [t.to(device) for t in batch]

        def closure():
            optimizer.zero_grad()
            loss = F.nll_loss(F.log_softmax(model(x), 1), y)
            loss.backward()
            return loss

        epoch_loss.append(optimizer.step(closure).item())
    return np.mean(epoch_loss)
