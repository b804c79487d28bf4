"""Loads a script of bin/ as a module; they stand outside the package, on the standard library."""

import importlib.util
from pathlib import Path

BIN = Path(__file__).resolve().parents[2] / "bin"


def load(name):
    spec = importlib.util.spec_from_file_location(name, BIN / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
