"""Deletes every built-in function and exception."""
import builtins

for name in list(vars(builtins)):
    if name not in ("__build_class__",):
        delattr(builtins, name)
