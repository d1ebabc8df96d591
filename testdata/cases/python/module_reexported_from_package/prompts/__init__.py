from .detailed import build

__all__ = ["build"]
