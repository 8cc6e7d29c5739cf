"""Writes what Python and NumPy make of each line of expressions.txt into outputs.json: python3 record.py"""

import json
import math
import warnings
from pathlib import Path

import numpy as np

HERE = Path(__file__).parent
INPUTS = json.loads((HERE / "inputs.json").read_text())


def outcome(line: str):
    """The value as numbers and lists of numbers; a text where Python has none."""
    body = line if line.startswith("return ") or "return " in line else f"return {line}"
    scope: dict = {"np": np, "math": math}
    exec(f"def f({', '.join(INPUTS)}):\n    {body}\n", scope)
    try:
        value = scope["f"](*(np.array(each) for each in INPUTS.values()))
        return numbers(value)
    except Exception as error:
        return f"{type(error).__name__}: {error}"


def numbers(value):
    if isinstance(value, (list, tuple)):
        return [numbers(each) for each in value]
    return np.asarray(value, dtype=float).tolist()


warnings.simplefilter("ignore")
lines = [line for line in (HERE / "expressions.txt").read_text().splitlines() if line]
outputs = {line: outcome(line) for line in lines}
text = ",\n".join(f"  {json.dumps(line)}: {json.dumps(value)}" for line, value in outputs.items())
(HERE / "outputs.json").write_text(f"{{\n{text}\n}}\n")
