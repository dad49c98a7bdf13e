"""The tool that adds, subtracts, multiplies and divides, and does nothing else."""

from __future__ import annotations

import ast
from fractions import Fraction

LONGEST = 200


def calculate(expression: str) -> str:
    """Return the value of a sum of plain numbers, rounded to two decimals.

    >>> calculate("652.61 + 473.43"), calculate("(3 - 1) * 4 / 5")
    ('1126.04', '1.6')

    Raises:
        ValueError: it is too long, divides by zero, or holds anything but numbers, + - * / and brackets.
    """
    if len(expression) > LONGEST:
        raise ValueError(f"the expression has {len(expression)} characters: give at most {LONGEST}")
    try:
        value = _value(ast.parse(expression.strip(), mode="eval").body)
    except ZeroDivisionError as error:
        raise ValueError(f"the expression {expression!r} divides by zero") from error
    except (SyntaxError, RecursionError, MemoryError) as error:
        raise ValueError(f"the expression {expression!r} is no sum of numbers") from error
    return str(float(round(value, 2)))


def _value(node: ast.expr) -> Fraction:
    match node:
        case ast.Constant(value=int() | float() as number) if not isinstance(number, bool):
            return Fraction(str(number))
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_value(operand)
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            return _value(left) + _value(right)
        case ast.BinOp(left=left, op=ast.Sub(), right=right):
            return _value(left) - _value(right)
        case ast.BinOp(left=left, op=ast.Mult(), right=right):
            return _value(left) * _value(right)
        case ast.BinOp(left=left, op=ast.Div(), right=right):
            return _value(left) / _value(right)
    raise ValueError("an expression holds numbers, + - * / and brackets only")
