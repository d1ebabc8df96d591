from .generic import build

__all__ = ["build"]
