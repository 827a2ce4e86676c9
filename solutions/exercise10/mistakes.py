"""The wrong answers people give in exercise10; each fails the suite and explains itself."""

from grader.checks.mistakes import Mistake

HOOKED = "part.register_forward_pre_hook(_use_running_statistics)"
CHOSEN = "[parameter for parameter in model.parameters() if parameter.requires_grad]"

FREEZE = [
    Mistake(
        "freeze",
        "parameters_only",
        "You freeze the parameters, and the batch norms go on as before. Running statistics are no parameters: in "
        "train mode every forward moves them, gradient or not.",
        old=HOOKED,
        new="pass",
    ),
    Mistake(
        "freeze",
        "eval_once",
        "You put the batch norms into eval mode once, and model.train() puts them back. They need something that "
        "outlives it: a function that runs before each of their forwards, or a train method of their own.",
        old=HOOKED,
        new="part.eval()",
    ),
    Mistake(
        "freeze",
        "batch_statistics",
        "You stop the running statistics from moving (momentum = 0, or track_running_stats = False), but the batch "
        "norm is still in train mode and normalises with the mean and variance of the batch.",
        old=HOOKED,
        new="part.momentum = 0.0",
    ),
    Mistake(
        "freeze",
        "batch_norms_only",
        "You stop the batch norms and leave the parameters as they are: all of them still get a gradient.",
        old="parameter.requires_grad = False",
        new="pass",
    ),
    Mistake(
        "freeze",
        "weights_only",
        "You freeze the weights and forget the biases. A bias is a parameter too: module.parameters() has all of them.",
        old="for parameter in module.parameters():",
        new='for parameter in (p for name, p in module.named_parameters() if "weight" in name):',
    ),
    Mistake(
        "freeze",
        "children",
        "You look for batch norms among the module's children only. They may be deeper, and the module may be one "
        "itself: module.modules() yields all of them.",
        old="in module.modules()",
        new="in module.children()",
    ),
    Mistake(
        "freeze",
        "one_dimension",
        "You look for one class of batch norm. There are three, for inputs of one, two and three dimensions: "
        "isinstance takes all of them at once.",
        old="isinstance(part, BATCH_NORMS)",
        new="isinstance(part, nn.BatchNorm1d)",
    ),
    Mistake(
        "freeze",
        "hook_returns",
        "What a forward pre-hook returns takes the place of the inputs, and eval() returns the module. Let your hook "
        "return nothing.",
        old=HOOKED,
        new="part.register_forward_pre_hook(lambda part, inputs: part.eval())",
    ),
]

REPLACE_HEAD = [
    Mistake(
        "replace_head",
        "swapped",
        "You have the sizes the wrong way round: nn.Linear takes the number of inputs first, then that of outputs.",
        old="model.head.in_features, num_classes",
        new="num_classes, model.head.in_features",
    ),
    Mistake(
        "replace_head",
        "on_top",
        "You put a new layer on top of the old head. It should take the old head's place: what makes five old classes "
        "out of the features loses much of what the new ones need.",
        old="nn.Linear(model.head.in_features, num_classes)",
        new="nn.Sequential(model.head, nn.Linear(model.head.out_features, num_classes))",
    ),
    Mistake(
        "replace_head",
        "logits_in",
        "Your new head takes as many inputs as the old one had outputs. It takes the backbone's features, as the old "
        "one did.",
        old="model.head.in_features",
        new="model.head.out_features",
    ),
    Mistake(
        "replace_head",
        "kept",
        "Where the old head has the right number of outputs already, you keep it. It was trained for other classes: "
        "the head has to be a new one always.",
        old="model.head = nn",
        new="model.head = model.head if model.head.out_features == num_classes else nn",
    ),
    Mistake(
        "replace_head",
        "frozen",
        "Your new head does not learn where the old one was frozen. A new nn.Linear gets gradients as it comes: leave "
        "it so.",
        old="    return model",
        new="    model.head.requires_grad_(next(model.parameters()).requires_grad)\n    return model",
    ),
    Mistake(
        "replace_head",
        "copy",
        "You give the new head to a copy, and the model that you were given keeps the old one. Change the model "
        "itself.",
        code="""
def replace_head(model, num_classes):
    import copy

    model = copy.deepcopy(model)
    model.head = nn.Linear(model.head.in_features, num_classes)
    return model
""",
    ),
    Mistake(
        "replace_head",
        "renamed",
        "You change the number that the old head shows as out_features; its weight stays what it was. Make a new "
        "nn.Linear.",
        old="model.head = nn.Linear(model.head.in_features, num_classes)",
        new="model.head.out_features = num_classes",
    ),
]

TRAINABLE = [
    Mistake(
        "trainable_parameters",
        "all",
        "You return all parameters. Only those that get a gradient are wanted: ask each of them.",
        old=" if parameter.requires_grad",
        new="",
    ),
    Mistake(
        "trainable_parameters",
        "inverted",
        "You return the frozen ones. requires_grad is True for those that learn.",
        old="if parameter.requires_grad",
        new="if not parameter.requires_grad",
    ),
    Mistake(
        "trainable_parameters",
        "head_only",
        "You return the head's parameters, whatever is frozen. Parts of the backbone may be trainable, and parts of "
        "the head may not: go through the whole model.",
        old=CHOSEN,
        new="list(model.head.parameters())",
    ),
    Mistake(
        "trainable_parameters",
        "copies",
        "You return copies (clone, detach or .data). A step on a copy leaves the model as it is: return the parameters "
        "themselves.",
        old="[parameter for",
        new="[parameter.detach().clone() for",
    ),
    Mistake(
        "trainable_parameters",
        "names",
        "You return names, or pairs of name and parameter. An optimizer wants the parameters: model.parameters() "
        "yields them without their names.",
        old=CHOSEN,
        new="[name for name, parameter in model.named_parameters() if parameter.requires_grad]",
    ),
    Mistake(
        "trainable_parameters",
        "generator",
        "You return something that can be gone through once, a generator or a filter. Make a list of it.",
        old=CHOSEN,
        new="(parameter for parameter in model.parameters() if parameter.requires_grad)",
    ),
    Mistake(
        "trainable_parameters",
        "twice",
        "You collect the parameters layer by layer, so that one that two layers share comes twice. model.parameters() "
        "yields each of them once.",
        old="parameter in model.parameters()",
        new="part in model.modules() for parameter in part.parameters(recurse=False)",
    ),
]

OPTIMIZER = [
    Mistake(
        "make_optimizer",
        "all",
        "You give the optimizer all parameters. What is frozen should not be in it: a gradient that was left from "
        "before, or a weight decay, would move it.",
        old="trainable_parameters(model)",
        new="model.parameters()",
    ),
    Mistake(
        "make_optimizer",
        "head_only",
        "You give the optimizer the head's parameters, whatever is frozen. It should have all that are trainable: "
        "wherever they are.",
        old="trainable_parameters(model)",
        new="model.head.parameters()",
    ),
    Mistake(
        "make_optimizer",
        "weights_only",
        "Your optimizer has the weights and not the biases. All trainable parameters should be in it.",
        old="trainable_parameters(model)",
        new="[parameter for parameter in trainable_parameters(model) if parameter.dim() > 1]",
    ),
    Mistake(
        "make_optimizer",
        "no_rate",
        "Nothing moves: your learning rate is 0.",
        old="lr=0.01",
        new="lr=0.0",
    ),
    Mistake(
        "make_optimizer",
        "uphill",
        "Your optimizer goes uphill, as if the loss were to become large: leave maximize as it is.",
        old="lr=0.01",
        new="lr=0.01, maximize=True",
    ),
]

EPOCH = [
    Mistake(
        "fine_tune_epoch",
        "no_zero_grad",
        "You never set the gradients to zero. backward adds to what is there, so that every step goes down the sum of "
        "all batches so far.",
        old="optimizer.zero_grad()",
        new="pass",
    ),
    Mistake(
        "fine_tune_epoch",
        "no_step",
        "Nothing moves. backward computes the gradients, and optimizer.step() uses them: both are needed, for every "
        "batch.",
        old="optimizer.step()",
        new="pass",
    ),
    Mistake(
        "fine_tune_epoch",
        "one_step",
        "You take one step an epoch, with the gradients of all batches added up. Take one for each batch.",
        code="""
def fine_tune_epoch(model, loader, optimizer, device):
    model.train()
    optimizer.zero_grad()
    losses = []
    for images, labels in loader:
        loss = functional.cross_entropy(model(images.to(device)), labels.to(device))
        loss.backward()
        losses.append(loss.item())
    optimizer.step()
    return sum(losses) / len(losses)
""",
    ),
    Mistake(
        "fine_tune_epoch",
        "first_batch",
        "Your epoch ends after its first batch: look how far your return is indented.",
        old="        count += len(labels)\n    return",
        new="        count += len(labels)\n        return",
    ),
    Mistake(
        "fine_tune_epoch",
        "softmax",
        "You take a softmax before the cross-entropy, which has one inside. It wants the logits as they are.",
        old="cross_entropy(model(images), labels)",
        new="cross_entropy(model(images).softmax(dim=1), labels)",
    ),
    Mistake(
        "fine_tune_epoch",
        "summed_loss",
        "Your loss is the sum over the batch, so that your steps are as many times too long as there are examples in "
        "it. The mean is due, which is cross_entropy's default.",
        old="cross_entropy(model(images), labels)",
        new='cross_entropy(model(images), labels, reduction="sum")',
    ),
    Mistake(
        "fine_tune_epoch",
        "no_train_mode",
        "The model stays in the mode it came in (or you put it into eval mode). An epoch of training begins with "
        "model.train().",
        old="    model.train()\n    total",
        new="    total",
    ),
    Mistake(
        "fine_tune_epoch",
        "backbone_in_eval",
        "You put the whole backbone into eval mode in every epoch. Here nothing was frozen, so its batch norms should "
        "learn. What stands still is decided by freeze.",
        old="    model.train()\n    total",
        new="    model.train()\n    model.backbone.eval()\n    total",
    ),
    Mistake(
        "fine_tune_epoch",
        "no_device",
        "You leave images and labels where they are. The model is on the device that you are told: both have to go "
        "there, with images.to(device), which returns them.",
        old="images.to(device), labels.to(device)",
        new="images, labels",
    ),
    Mistake(
        "fine_tune_epoch",
        "summed",
        "You return the sum of the losses. Divide by their number.",
        old="return total / count",
        new="return total",
    ),
    Mistake(
        "fine_tune_epoch",
        "last_loss",
        "You return the loss of the last batch. The mean over all batches of the epoch is due.",
        old="return total / count",
        new="return loss.item()",
    ),
    Mistake(
        "fine_tune_epoch",
        "mixed_mean",
        "You weigh each batch's loss by its size, and then divide by the number of batches. Weigh and divide by the "
        "number of examples, or do neither.",
        old="return total / count",
        new="return total / len(loader)",
    ),
    Mistake(
        "fine_tune_epoch",
        "tensor",
        "You return a tensor, and with it the whole history that it was computed by. loss.item() is a number.",
        old="loss.item() * len(labels)",
        new="loss * len(labels)",
    ),
]

MISTAKES = FREEZE + REPLACE_HEAD + TRAINABLE + OPTIMIZER + EPOCH
