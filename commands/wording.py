"""What argparse says in English, in Chinese."""

from __future__ import annotations

import argparse

ARGPARSE = {
    "usage: ": "用法：",
    "positional arguments": "参数",
    "options": "选项",
    "show this help message and exit": "显示本说明",
    "argument %(argument_name)s: %(message)s": "%(argument_name)s：%(message)s",
    "unknown parser %(parser_name)r (choices: %(choices)s)": "没有 %(parser_name)r，可用：%(choices)s",
    "not allowed with argument %s": "不能与 %s 同用",
    "ignored explicit argument %r": "不带值，多写了 %r",
    "the following arguments are required: %s": "缺少 %s",
    "one of the arguments %s is required": "%s 中要有一个",
    "expected one argument": "后面要有一个值",
    "expected at most one argument": "后面最多一个值",
    "expected at least one argument": "后面至少要有一个值",
    "expected %s argument": "后面要有 %s 个值",
    "unrecognized arguments: %s": "不认识的参数 %s",
    "invalid %(type)s value: %(value)r": "不能用 %(value)r",
    "invalid choice: %(value)r (choose from %(choices)s)": "没有 %(value)r，可用：%(choices)s",
}


def translate_argparse() -> None:
    """It looks its sentences up under these names, as it was made for gettext."""
    vars(argparse)["_"] = lambda text: ARGPARSE.get(text, text)
    vars(argparse)["ngettext"] = lambda one, more, number: ARGPARSE.get(one, one)
